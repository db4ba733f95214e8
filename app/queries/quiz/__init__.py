"""Reading what the online quiz needs: the bank, my attempts, the questions of one."""
