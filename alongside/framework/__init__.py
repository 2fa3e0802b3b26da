"""The framework by which a potential partnership is tested and an existing one examined, what it says beside what it does."""
