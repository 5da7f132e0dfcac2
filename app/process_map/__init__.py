"""The process map: the pathway as the patient meets it, step by step and lane by lane, and where the time goes."""
