"""Ways in: the ledger of tickets, and what is made of it."""
