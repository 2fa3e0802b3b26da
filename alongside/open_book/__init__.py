"""What a partnership costs, who puts in what, and what came of it, open to every partner down to the invoice line."""
