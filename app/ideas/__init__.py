"""Change ideas: thought of in silence, made clear, put together, tried, and never thrown away."""
