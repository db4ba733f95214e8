"""The contest "Bí thư chi đoàn giỏi": its rules as data, its season, its entries and its scores."""
