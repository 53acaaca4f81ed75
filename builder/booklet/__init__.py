"""The printed volume: cases chosen, set out as plain data, written as PDF or Word."""
