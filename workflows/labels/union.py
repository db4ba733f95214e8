"""The words of the Union itself: levels, posts, seats of a process, counts of a vote."""

from workflows.labels.marks import N_

DISAGREEMENTS = {
    "negative": N_("Có số âm ({left}); số phiếu phải từ {right} trở lên."),
    "nobody_present": N_("Có mặt {left} người; phải có ít nhất {right} người."),
    "more_present_than_entitled": N_("Có mặt {left} người, nhiều hơn {right} người được dự."),
    "more_votes_than_present": N_("{left} phiếu tán thành, nhiều hơn {right} người có mặt."),
    "total_is_not_present": N_("Cộng các loại phiếu được {left}, nhưng có mặt {right} người."),
}

LEVELS = {
    "province": N_("Tỉnh đoàn"),
    "district": N_("Huyện đoàn"),
    "commune": N_("Đoàn xã"),
    "branch": N_("Chi đoàn"),
}

POSTS = {
    "secretary": N_("Bí thư"),
    "deputy": N_("Phó bí thư"),
    "committee_member": N_("Ủy viên ban chấp hành"),
    "officer": N_("Cán bộ"),
    "administrator": N_("Quản trị"),
    "judge": N_("Giám khảo"),
}

SEATS = {
    "branch": N_("chi đoàn"),
    "grassroots": N_("đoàn cơ sở"),
    "superior": N_("đoàn cấp trên trực tiếp"),
    "card_issuer": N_("nơi cấp thẻ"),
    "receiving_grassroots": N_("đoàn cơ sở nơi đến"),
    "receiving_branch": N_("chi đoàn nơi đến"),
}
# Every sentence that asks for a day of some span says so in these words; the span may be one day.
SPAN = N_("trong khoảng từ {first} đến {last}")
ONE_DAY = N_("là {first}")
