"""Whether partners trust one another: the yearly pulse, promises, ties between agencies, each other's pressures, and disagreement said openly."""
