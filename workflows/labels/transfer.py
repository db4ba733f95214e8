"""The words of a transfer: states, steps, parts, claims, and what is missing."""

from workflows.labels.marks import N_

STATES = {
    "prepared": N_("Đang soạn giấy chuyển"),
    "introduced": N_("Đoàn cơ sở nơi đi giới thiệu"),
    "arrived": N_("Đoàn cơ sở nơi đến tiếp nhận"),
    "assigned": N_("Chi đoàn nơi đến tiếp nhận"),
    "declined": N_("Không tiếp nhận, trả về"),
    "received": N_("Đã tiếp nhận"),
    "gone": N_("Đã chuyển ra ngoài"),
    "turned_away": N_("Không tiếp nhận"),
    "cancelled": N_("Đã thôi chuyển"),
}

STEPS = {
    "ask_to_move": N_("Đề nghị đoàn cơ sở giới thiệu"),
    "introduce": N_("Giới thiệu chuyển sinh hoạt"),
    "decline_introduction": N_("Không giới thiệu"),
    "assign_branch": N_("Phân về chi đoàn"),
    "decline_arrival": N_("Không tiếp nhận"),
    "receive": N_("Tiếp nhận"),
    "cancel": N_("Thôi chuyển"),
}

SECTIONS = {
    "member": N_("Đoàn viên"),
    "move": N_("Nơi đến và thời gian"),
    "comment": N_("Nhận xét và đoàn phí"),
    "reception": N_("Tiếp nhận"),
}

CLAIMS = {
    "still_a_member": N_("Đang là đoàn viên"),
    "not_ours_already": N_("Chưa là đoàn viên ở đây"),
    "not_suspended": N_("Không bị đình chỉ sinh hoạt"),
    "destination_named": N_("Đã ghi nơi đến"),
    "days_of_absence": N_("Thời gian tạm thời không quá 3 tháng"),
    "comment_written": N_("Có nhận xét của chi đoàn"),
    "dues_collected": N_("Đã thu đoàn phí đến tháng chuyển"),
    "receiving_branch_named": N_("Đã chọn chi đoàn tiếp nhận"),
    "received_in_time": N_("Ngày tiếp nhận hợp lệ"),
    "reason_told": N_("Có nêu lý do"),
}

UNMET = {
    "still_a_member": N_("Người này không còn là đoàn viên ở đây."),
    "not_ours_already": N_("Người này đã là đoàn viên ở đây: không tiếp nhận lần nữa."),
    "not_suspended": N_("Đang bị đình chỉ: chờ giải quyết xong mới chuyển được."),
    "destination_named": N_("Ghi đơn vị nơi đến, hoặc nơi đi nếu từ ngoài chuyển về."),
    "days_of_absence": N_("Ghi từ ngày, đến ngày; tạm thời nhiều nhất đến {latest}."),
    "comment_written": N_("Viết nhận xét của chi đoàn."),
    "dues_collected": N_("Thu đoàn phí đến hết tháng {month} rồi mới chuyển."),
    "receiving_branch_named": N_("Chọn một chi đoàn của đoàn cơ sở nơi đến."),
    "received_in_time": N_("Ghi ngày tiếp nhận trong khoảng từ {first} đến {last}."),
    "reason_told": N_("Nêu lý do để nơi kia biết."),
}

# The reason that the history keeps where the program itself ends a transfer.
BECAME_ONE = "Nơi đi và nơi đến nay là một đơn vị, theo quyết định {decision}."

KINDS = {
    "within": N_("Trong cùng đoàn cơ sở"),
    "between": N_("Sang đoàn cơ sở khác trong huyện"),
    "out": N_("Ra ngoài huyện"),
    "in": N_("Từ ngoài huyện chuyển về"),
}
