"""The words of dues: what an exemption lacks."""

from workflows.labels.marks import N_

UNMET = {
    "exempt_members_only": N_("Người này không phải là đoàn viên đang đóng đoàn phí."),
    "exempt_for_half_a_year": N_("Chọn tháng đầu, ghi số tháng từ 1 đến {most}."),
    "exempt_once": N_("Tháng {month} đã được miễn rồi."),
    "hardship_told": N_("Ghi rõ hoàn cảnh khó khăn."),
    "exemption_decided": N_("Ghi ngày quyết định, không sau ngày {last}."),
}
