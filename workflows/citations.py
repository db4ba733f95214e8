"""Where the rules stand: points of the guidances by the key of each rule, and local settings."""

from workflows.labels import N_

# Points of guidance 20-HD/TWĐTN-BTC (2023); the guidances before it say nearly the same words.
POINTS = {
    "age": "1.1a",
    "schooling": "1.1c",
    "background": "1.1b",
    "custody": "1.2a",
    "vote": "1.3d",
    "study": "1.3b",
    "introducer": "1.3c",
    "plan": "1.4b",
    "class": "1.4c",
    "application": "1.4d",
    "ratify": "1.4d",
    "no_branch": "1.4",
    "offline": "11.1b",
    "expelled": "23.2c",
    "card": "3.3c",
    "roster": "3.3a",
    "reissue": "3.3d",
    "transfer": "3.3đ",
    "temporary": "3.3đ",
    "away": "3.3f",
    "absence": "3.1b",
    "residence": "2.2",
    "deletion": "3.1",
    "resignation": "23.1e",
    "suspension": "23.2b",
    "dues": "32",
    "exemption": "32.1",
}
LOCAL = {
    "age_limit": N_("Quy định của địa phương: mốc tuổi cao nhất"),
    "quorum": N_("Quy định của địa phương: tỷ lệ có mặt tối thiểu"),
    "return": N_("Quy định của địa phương: lý do trả, không chuẩn y, rút hoặc đính chính"),
    "consult": N_("Quy định của địa phương: xin ý kiến cấp trên trực tiếp"),
    "lapse": N_("Quy định của địa phương: hồ sơ quá tuổi hoặc để lâu không làm tiếp"),
    "membership": N_("Quy định của địa phương: ngày được công nhận là đoàn viên"),
    "signing": N_("Quy định của địa phương: ngày ký không trước ngày họp"),
    "deferral": N_("Quy định của địa phương: hoãn sinh hoạt"),
    "registration": N_("Quy định của địa phương: cư trú từ đủ 6 tháng"),
    "standing_days": N_("Quy định của địa phương: ngày ghi thay đổi của đoàn viên"),
    "office": N_("Quy định của địa phương: bàn giao chức vụ trước khi thôi là đoàn viên"),
    "grade_vote": N_("Quy định của địa phương: tỷ lệ tán thành khi xếp loại"),
    "grade_reason": N_("Quy định của địa phương: đề nghị khác số liệu thì nêu lý do"),
    "grade_scope": N_("Quy định của địa phương: chuyển đến chưa đủ 6 tháng thì hỏi đơn vị cũ"),
    "grade_ceiling": N_("Quy định của địa phương: trần tỷ lệ xếp loại xuất sắc"),
    "grade_return": N_("Quy định của địa phương: lý do trả lại, sửa, đính chính xếp loại"),
    "grade_merger": N_("Quy định của địa phương: chi đoàn hợp nhất thì gộp xếp loại chưa xác nhận"),
    "grade_year": N_("Quy định của địa phương: năm xếp loại được tính cho đoàn viên ưu tú"),
    "opinion_share": N_("Quy định của địa phương: tỷ lệ tán thành của hội nghị chi đoàn"),
    "contest": N_("Quy định của địa phương: thể lệ và các bước của hội thi"),
    "contest_places": N_("Quy định của địa phương: số suất cử theo thể lệ, hợp nhất thì cộng suất"),
    "contest_day": N_("Kế hoạch hội thi: công bố dịp thành lập Đoàn 26/3"),
    "programme_least": N_("Quy định của địa phương: số nội dung rèn luyện tối thiểu"),
    "programme_result": N_("Quy định của địa phương: cách tính kết quả rèn luyện"),
    "programme_return": N_("Quy định của địa phương: lý do trả đăng ký rèn luyện"),
    "resolution_share": N_("Quy định của địa phương: tỷ lệ tán thành của ban chấp hành"),
}
# Points of guidance 30-HD/TWĐTN-BTC (2023).
POINTS_OF_30 = {
    "ceremony": "I.4",
    "maturity": "II.5",
    "classification": "III.2, bước 1",
    "exemplary": "III.1",
    "selection": "III.2, bước 1",
    "party_list": "III.2, bước 2",
    "prospect": "III.2, bước 3",
    "opinion": "III.2, bước 4",
    "resolution": "III.2, bước 4",
    "probation": "III.2, bước 5",
}
OF_THE_PARTY = {
    "party_member": "Quy định 29-QĐ/TW về thi hành Điều lệ Đảng",
    "party_class": "Hướng dẫn 12-HD/BTCTW (2022)",
    "party_admission": "Quy định 24-QĐ/TW (2021)",
}
OF_THE_PROGRAMME = {
    "programme": "Hướng dẫn 13-HD/TWĐTN-BTC (2018)",
    "programme_plan": "Kế hoạch 205-KH/ĐTN (2015) của Huyện đoàn",
}
