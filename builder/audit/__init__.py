"""Looking through finished outputs for what may not leave: everything decoded, nothing trusted."""
