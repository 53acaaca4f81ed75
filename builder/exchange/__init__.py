"""Bundles: cases that travel to another workshop, signed by the sender, checked by the receiver."""
