"""Commands of the metric catalogue: `metrics …` and `lake …`."""
