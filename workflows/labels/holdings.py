"""The words of book, card and badge: what they are, where a re-issue stands, what it lacks."""

from workflows.labels.marks import N_

ITEMS = {
    "book": N_("Sổ đoàn viên"),
    "card": N_("Thẻ đoàn viên"),
    "badge": N_("Huy hiệu Đoàn"),
}
STAGES = {
    "unreported": N_("Chưa có đơn xin cấp lại"),
    "reported": N_("Chờ đoàn cơ sở"),
    "proposed": N_("Chờ cấp trên cấp lại"),
}
MOVES = {
    "report_loss": N_("Báo mất, xin cấp lại"),
    "propose_reissue": N_("Đề nghị cấp lại"),
    "reissue_card": N_("Cấp lại thẻ"),
    "reissue_book": N_("Cấp lại sổ"),
    "decline_reissue": N_("Không cấp lại"),
}

# The rule in one sentence; the clause is written behind it.
RULES = {
    ("report_loss", "card"): N_(
        "Đoàn viên mất thẻ làm đơn; chi đoàn báo đoàn cơ sở, đoàn cơ sở đề nghị cấp trên cấp lại."
    ),
    ("report_loss", "book"): N_(
        "Đoàn viên mất sổ, sinh hoạt liên tục thì đoàn cơ sở cấp lại, đóng dấu “Sổ cấp lại”; ở "
        "đơn vị chưa đủ 3 tháng thì phải có xác nhận của đơn vị cũ."
    ),
    ("propose_reissue", "card"): N_("Đoàn cơ sở đề nghị cấp trên cấp lại thẻ."),
    ("reissue_card", "card"): N_(
        "Thẻ cấp lại mang số mới, không trùng với thẻ nào trong toàn huyện hoặc tỉnh."
    ),
    ("reissue_book", "book"): N_("Đoàn cơ sở cấp sổ mới, đóng dấu “Sổ cấp lại”."),
    ("decline_reissue", "card"): N_("Đơn trở về chi đoàn với lý do; chi đoàn có thể báo lại."),
    ("decline_reissue", "book"): N_("Đơn trở về chi đoàn với lý do; chi đoàn có thể báo lại."),
}

UNMET = {
    "holder_is_member": N_("Người này không phải là đoàn viên đang sinh hoạt ở đây."),
    "held_before": N_(
        "Chưa được cấp lần nào nên không có gì để cấp lại: nếu đã có, ghi “Có” ở sổ theo dõi."
    ),
    "loss_applied_for": N_("Ghi ngày đoàn viên viết đơn, không sau {last}."),
    "active_throughout": N_("Chi đoàn phải xác nhận đoàn viên sinh hoạt liên tục."),
    "former_unit_confirms": N_(
        "Ở đơn vị từ {since}, chưa đủ {months} tháng: ghi xác nhận của đơn vị cũ (ai, ngày nào)."
    ),
    "reissue_dated": N_("Ghi ngày quyết định trong khoảng từ {first} đến {last}."),
    "new_number_given": N_("Ghi số thẻ mới."),
    "number_is_new": N_("Số {number} là của thẻ đã mất: ghi số mới."),
    "decline_reasoned": N_("Ghi lý do không cấp lại."),
}
