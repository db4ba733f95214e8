"""The training programme: written and opened, registered for, carried out, concluded."""
