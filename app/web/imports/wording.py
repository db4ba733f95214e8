"""Words of an import: fields, encodings, and what is wrong with a file or with a cell."""

from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any

from flask_babel import gettext
from flask_babel import gettext as _

from app.queries.people.roster import Twin
from workflows.labels import N_

FIELDS: Mapping[str, str] = {
    "name": N_("Họ và tên"),
    "family_names": N_("Họ và tên đệm"),
    "given_name": N_("Tên"),
    "birth_date": N_("Ngày sinh"),
    "born_male": N_("Ngày sinh (nam)"),
    "born_female": N_("Ngày sinh (nữ)"),
    "sex": N_("Giới tính"),
    "unit": N_("Chi đoàn"),
    "status": N_("Tình trạng"),
    "stands_since": N_("Vắng, hoãn từ ngày"),
    "joined_on": N_("Ngày vào Đoàn"),
    "card_number": N_("Số thẻ"),
    "card_issued_on": N_("Ngày cấp thẻ"),
    "book": N_("Sổ đoàn viên"),
    "card": N_("Thẻ đoàn viên"),
    "badge": N_("Huy hiệu"),
    "phone": N_("Điện thoại"),
    "email": N_("Thư điện tử"),
    "home_place": N_("Quê quán"),
    "residence": N_("Nơi ở hiện nay"),
    "ethnicity": N_("Dân tộc"),
    "religion": N_("Tôn giáo"),
    "occupation": N_("Nghề nghiệp"),
    "schooling": N_("Trình độ học vấn"),
    "professional": N_("Trình độ chuyên môn"),
    "political_theory": N_("Lý luận chính trị"),
    "languages": N_("Ngoại ngữ"),
    "citizen_id": N_("Số định danh cá nhân"),
    "birth_name": N_("Họ tên khai sinh"),
    "other_names": N_("Tên gọi khác"),
}
ENCODINGS: Mapping[str, str] = {
    "utf-8": N_("Unicode (UTF-8)"),
    "utf-16": N_("Unicode (UTF-16)"),
    "windows-1258": N_("Windows-1258"),
    "tcvn3": N_("TCVN3 (ABC, phông .VnTime)"),
    "vni": N_("VNI (phông VNI-Times)"),
}
VERDICTS: Mapping[str, str] = {
    "error": N_("có lỗi"),
    "doubtful": N_("nghi trùng"),
    "new": N_("người mới"),
    "same": N_("đã có"),
}
_UNFIT: Mapping[str, str] = {
    "empty": N_("Tệp không có dòng nào."),
    "too_large": N_("Tệp lớn hơn %(most)s MB; hãy chia thành nhiều tệp."),
    "too_many_rows": N_("Tệp có hơn %(most)s dòng; hãy chia thành nhiều tệp."),
    "too_complex": N_(
        "Tệp mở ra quá lớn; hãy chép riêng danh sách sang một tệp Excel mới rồi gửi lại."
    ),
    "old_excel": N_(
        "Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu; hãy mở bằng Excel, bỏ mật khẩu và lưu thành"
        " .xlsx rồi gửi lại."
    ),
    "unknown_kind": N_(
        "Nội dung tệp không phải là bảng Excel (.xlsx) hay CSV, dù tên tệp thế nào."
    ),
    "broken": N_("Tệp bị hỏng, không mở được; hãy lưu lại thành .xlsx rồi gửi lại."),
    "no_list": N_(
        "Không trang nào của tệp có dòng tiêu đề với cột họ tên và ngày sinh; hãy dùng tệp mẫu."
    ),
}
_FAULTS: Mapping[str, str] = {
    "no_name": N_("thiếu họ tên"),
    "example": N_("dòng ví dụ của tệp mẫu, không nhập"),
    "no_birth": N_("thiếu ngày sinh; không biết ngày thì ghi năm"),
    "no_such_day": N_("không có ngày này; ghi ngày/tháng/năm, ví dụ 26/03/2008"),
    "no_such_year": N_("không có năm sinh này; ghi bốn chữ số, từ 1900"),
    "day_ahead": N_("ngày này ở phía trước"),
    "joined_before_birth": N_("ngày vào Đoàn trước ngày sinh"),
    "unknown_unit": N_("không có đơn vị tên này trong nơi nhận danh sách"),
    "unit_of_two": N_("có hai đơn vị cùng tên này; hãy nhập riêng cho từng đơn vị"),
    "unknown_sex": N_("ghi Nam hoặc Nữ"),
    "unknown_status": N_(
        "chỉ nhận: Đoàn viên, Đối tượng kết nạp, Đi làm ăn xa, Hoãn sinh hoạt, Trưởng thành Đoàn,"
        " Đoàn viên danh dự; tình trạng khác phải có quyết định riêng"
    ),
    "unknown_holding": N_("ghi Có, Chưa có, Mất hoặc Cấp lại"),
    "unknown_schooling": N_("ghi lớp (ví dụ 9/12) hoặc bậc đã tốt nghiệp (ví dụ THPT)"),
    "no_citizen_id": N_("số định danh có 12 chữ số"),
    "no_email": N_("không phải là địa chỉ thư điện tử"),
    "too_long": N_("dài hơn 200 ký tự"),
    "unreadable_letters": N_("có chữ không đọc được; xem lại bảng mã của tệp"),
    "card_taken": N_("số thẻ này là của người khác"),
    "card_twice": N_("số thẻ này đã có ở một dòng trước"),
}


def unfit(code: str, values: Mapping[str, object]) -> str:
    """Say why a file is not taken, and what to do."""
    return str(gettext(_UNFIT[code], **values))


def field_word(name: str) -> str:
    """Return the word for a field of a list."""
    return str(gettext(FIELDS[name]))


def reasons(row: Any, at: Mapping[str, int], people: Mapping[int, Twin]) -> list[str]:  # noqa: ANN401
    """Say why a row is not simply new: each cell that is wrong, or whom it may be."""
    said = [_fault(each, row.number, at) for each in row.problem.get("faults", ())]
    alike = [people[each] for each in row.problem.get("twins", ()) if each in people]
    if alike:
        names = "; ".join(f"{each.name} – {each.unit_name}" for each in alike)
        said.append(_("có thể là: %(people)s", people=names))
    if twin := row.problem.get("row"):
        said.append(_("giống dòng %(row)s của tệp này", row=twin))
    return said


def column_letter(place: int) -> str:
    """Name a column as spreadsheets do: A to Z, then AA."""
    rounds, letter = divmod(place, len(ascii_uppercase))
    return (ascii_uppercase[rounds - 1] if rounds else "") + ascii_uppercase[letter]


def _fault(fault: Mapping[str, str], number: int, at: Mapping[str, int]) -> str:
    place = at.get(fault["field"])
    text = _FAULTS[fault["code"]]
    sentence, name = gettext(text), field_word(fault["field"])
    if place is None:
        return f"{name}: {sentence}"
    cell = f"{column_letter(place)}{number}"
    return str(_("ô %(cell)s (%(name)s): %(fault)s", cell=cell, name=name, fault=sentence))
