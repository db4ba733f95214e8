from concurrent.futures import ProcessPoolExecutor
from hashlib import sha256
from io import BytesIO
from multiprocessing import get_context

import pytest

from app.services.papers.file_kinds import ProvenFile, prove
from app.services.papers.store import keep, path_of
from tests.services import samples


def paper(pages: int = 1) -> ProvenFile:
    return prove(BytesIO(samples.pdf(pages)), "đơn.pdf", max_bytes=1_000_000)


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_paper_lies_under_the_hash_of_its_content(tmp_path):
    file = paper()
    keep(tmp_path / "papers", file)
    path = path_of(tmp_path / "papers", file.sha256)
    assert path == tmp_path / "papers" / file.sha256[:2] / file.sha256
    assert sha256(path.read_bytes()).hexdigest() == file.sha256


def test_only_the_program_can_read_a_paper(tmp_path):
    file = paper()
    keep(tmp_path, file)
    path = path_of(tmp_path, file.sha256)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_same_content_twice_is_one_file(tmp_path):
    file = paper()
    keep(tmp_path, file)
    keep(tmp_path, file)
    assert files_in(tmp_path) == [path_of(tmp_path, file.sha256)]


def test_keeping_a_paper_again_mends_a_damaged_one(tmp_path):
    file = paper()
    keep(tmp_path, file)
    path_of(tmp_path, file.sha256).write_bytes(b"")
    keep(tmp_path, file)
    assert path_of(tmp_path, file.sha256).read_bytes() == file.content


def test_processes_that_keep_the_same_paper_at_once_leave_one_whole_file(tmp_path):
    file = paper(pages=50)
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(keep, [tmp_path] * 50, [file] * 50))
    assert files_in(tmp_path) == [path_of(tmp_path, file.sha256)]
    assert path_of(tmp_path, file.sha256).read_bytes() == file.content


def test_a_paper_that_cannot_be_kept_leaves_no_draft(tmp_path):
    file = paper()
    path_of(tmp_path, file.sha256).mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        keep(tmp_path, file)
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    "hash_",
    ["", "ab", "A" * 64, "g" * 64, "a" * 65, "a" * 64 + "\n", "../" + "a" * 61, "²" * 64],
)
def test_what_is_no_hash_names_no_file(tmp_path, hash_):
    with pytest.raises(ValueError, match="not a SHA-256"):
        path_of(tmp_path, hash_)
