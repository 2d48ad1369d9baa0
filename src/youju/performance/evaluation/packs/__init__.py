"""Evidence packs: written with documents, frozen figures and the rows behind them; checked by a program that has nothing else."""
