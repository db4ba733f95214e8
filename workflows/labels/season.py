"""The words of a season of the contest and of its rules, and what is wrong with these."""

from workflows.labels.marks import N_

STATES = {
    "draft": N_("Soạn thể lệ"),
    "rehearsal": N_("Chạy thử"),
    "call_open": N_("Nhận đăng ký"),
    "rounds": N_("Các vòng thi"),
    "deliberation": N_("Hội ý kết quả"),
    "published": N_("Đã công bố"),
    "closed": N_("Đã kết thúc hội thi"),
}
STEPS = {
    "rehearse": N_("Chuyển sang chạy thử"),
    "rework_rules": N_("Quay lại soạn thể lệ"),
    "open_call": N_("Mở đăng ký"),
    "start_rounds": N_("Bắt đầu các vòng thi"),
    "deliberate": N_("Chuyển sang hội ý kết quả"),
    "resume_rounds": N_("Mở lại các vòng thi"),
    "publish": N_("Công bố kết quả"),
    "close": N_("Kết thúc hội thi"),
    "open_season": N_("Lập mùa hội thi"),
    "set_days": N_("Ghi các mốc ngày"),
    "write_rules": N_("Sửa thể lệ"),
    "take_rules": N_("Lấy thể lệ từ tệp"),
    "freeze_rules": N_("Chốt thể lệ"),
    "extend_call": N_("Gia hạn đăng ký"),
    "extend_round": N_("Gia hạn vòng thi"),
    "lay_out_round": N_("Lập vòng thi của đơn vị"),
    "set_round_days": N_("Ghi ngày giờ, nơi thi"),
}
CLAIMS = {
    "rules_whole": N_("Thể lệ đủ để chấm"),
    "call_dated": N_("Có ngày mở và hạn đăng ký"),
    "call_before_publication": N_("Hết hạn đăng ký trước ngày công bố"),
    "call_still_runs": N_("Hạn đăng ký còn ở phía trước"),
    "call_over": N_("Đã hết hạn đăng ký, kể cả gia hạn"),
    "somebody_competes": N_("Có thí sinh dự thi"),
    "rounds_closed": N_("Mọi vòng có thí sinh đã đóng"),
    "sheets_complete": N_("Đủ phiếu chấm chính thức"),
    "ties_settled": N_("Không còn thí sinh bằng điểm chưa phân định"),
    "cut_settled": N_("Không có chỗ đi tiếp nào nằm giữa những thí sinh bằng điểm"),
    "resuming_reasoned": N_("Nêu lý do mở lại"),
}
UNMET = {
    "rules_whole": N_("Thể lệ còn {gaps} chỗ thiếu hoặc sai; xem trang thể lệ."),
    "call_dated": N_("Ghi ngày mở đăng ký và hạn đăng ký."),
    "call_before_publication": N_(
        "Hạn đăng ký {ends} phải trước ngày công bố {publish}; dời một trong hai."
    ),
    "call_still_runs": N_("Hạn đăng ký {until} đã qua; ghi hạn mới."),
    "call_over": N_("Còn nhận đăng ký đến {until}."),
    "somebody_competes": N_("Chưa có thí sinh nào ở vòng nào."),
    "rounds_closed": N_("Còn {rounds} vòng có thí sinh chưa đóng."),
    "sheets_complete": N_("Còn thiếu {sheets} phiếu chấm chính thức."),
    "ties_settled": N_("Còn {ties} nhóm thí sinh bằng điểm chưa phân định."),
    "cut_settled": N_("Ở {cuts} vòng, chỗ đi tiếp nằm giữa những thí sinh bằng điểm."),
    "resuming_reasoned": N_("Ghi lý do mở lại các vòng thi."),
}
PART_KINDS = {
    "dossier": N_("Chấm hồ sơ"),
    "written": N_("Thi viết"),
    "quiz": N_("Trắc nghiệm trực tuyến"),
    "situation": N_("Xử lý tình huống"),
    "talent": N_("Năng khiếu"),
    "presentation": N_("Thuyết trình"),
    "debate": N_("Tranh biện theo cặp"),
}
COMBINES = {
    "mean": N_("Trung bình cộng các giám khảo"),
    "median": N_("Số ở giữa (trung vị)"),
    "trimmed": N_("Trung bình, bỏ phiếu cao nhất và thấp nhất"),
}
TIES = {
    "part": N_("Điểm của một phần thi cao hơn"),
    "duration": N_("Thời gian làm bài ngắn hơn"),
    "extra_question": N_("Câu hỏi phụ"),
    "chair": N_("Trưởng ban giám khảo quyết định"),
    "draw": N_("Bốc thăm"),
}
ADVANCES = {
    "all": N_("Tất cả thí sinh đi tiếp"),
    "top": N_("Những người đứng đầu"),
    "percent": N_("Ai đạt tỷ lệ điểm tối thiểu"),
}
CERTAINTIES = {
    "source": N_("Theo văn bản"),
    "filled_in": N_("Điền thêm, văn bản không ghi"),
    "proposal": N_("Đề xuất của chương trình"),
}
HOLDERS = {
    "commune": N_("Mỗi đoàn cơ sở (xã) tổ chức vòng của mình"),
    "district": N_("Cấp trên trực tiếp (huyện) tổ chức"),
}
# What a file or a form says that is no rule, and what rules are wrong or lack.
FAULTS = {
    "no_list": N_("Phải là một danh sách."),
    "list_too_long": N_("Danh sách dài quá {most} dòng."),
    "no_record": N_("Phải là các mục “tên: giá trị”."),
    "unknown_key": N_("Không có mục nào tên “{key}”."),
    "key_missing": N_("Thiếu mục “{key}”."),
    "no_choice": N_("Phải là một trong: {choices}."),
    "no_text": N_("Phải là chữ."),
    "text_too_long": N_("Dài quá {most} ký tự."),
    "no_amount": N_("“{text}” không phải số điểm, ví dụ 8,5; tối đa ba chữ số sau dấu phẩy."),
    "no_whole_number": N_("“{text}” không phải số nguyên."),
    "no_truth": N_("Phải là true hoặc false."),
    "title_missing": N_("Ghi tên."),
    "code_form": N_("Mã chỉ gồm chữ thường không dấu, chữ số, dấu gạch dưới; bắt đầu bằng chữ."),
    "named_twice": N_("“{name}” đã có ở trên."),
    "too_small": N_("Ít nhất là {least}."),
    "too_big": N_("Nhiều nhất là {most}."),
    "points_range": N_("Phải lớn hơn 0 và không quá {most}."),
    "no_rounds": N_("Chưa có vòng thi nào."),
    "no_district_round": N_("Vòng cuối phải do huyện tổ chức."),
    "level_holds_none": N_("Vòng thi do xã hoặc huyện tổ chức."),
    "level_falls": N_("Vòng của xã phải đứng trước vòng của huyện."),
    "no_parts": N_("Chưa có phần thi nào."),
    "no_criteria": N_("Chưa có tiêu chí chấm nào."),
    "no_such_part": N_("Vòng này không có phần thi “{part}”."),
    "tie_twice": N_("Cách phân định này đã có ở trên."),
    "ties_undecided": N_("Cách phân định cuối cùng phải là trưởng ban quyết định hoặc bốc thăm."),
    "times_fall": N_("Mốc thời gian sau phải dài hơn mốc trước."),
    "quiz_has_criteria": N_("Trắc nghiệm chấm theo đáp án, không có tiêu chí."),
    "minutes_missing": N_("Ghi thời gian làm bài."),
    "questions_missing": N_("Ghi số câu hỏi."),
    "wrong_range": N_("Câu sai trừ nhiều nhất {most} điểm: ghi số từ -{most} đến 0."),
    "quiz_sum": N_("Số câu × điểm mỗi câu là {sum}, khác điểm tối đa {max}."),
    "only_quiz": N_("Chỉ trắc nghiệm mới có số câu hỏi."),
    "criteria_sum": N_("Các tiêu chí cộng lại {sum} điểm, khác điểm tối đa {max}."),
    "step_misfit": N_("Điểm tối đa {max} không chia hết cho bước {step}."),
    "justify_range": N_("Mốc phải lớn hơn 0 và không quá {max}."),
    "not_yaml": N_("Từ đây không đọc được: không đúng cách viết YAML."),
    "not_text": N_("Tệp không phải văn bản UTF-8."),
    "file_empty": N_("Tệp trống."),
    "file_too_big": N_("Tệp lớn hơn {most} KB."),
    "alias": N_("Không dùng tham chiếu (&, *) trong tệp thể lệ; hãy chép lại."),
    "too_deep": N_("Các mục lồng nhau quá sâu."),
    "key_twice": N_("Mục “{key}” ghi hai lần."),
    "key_no_text": N_("Tên mục phải là chữ."),
    "round_laid_out": N_("Vòng “{name}” đã lập cho các đơn vị, nên không bỏ hoặc đổi cấp được."),
    "in_use": N_("“{name}” đã có giám khảo, phiếu chấm hoặc bài thi, nên không bỏ được."),
}
