"""The lake (数据湖): the documented tables as Parquet by pilot and month, named by a manifest, beside small roll-up cubes."""
