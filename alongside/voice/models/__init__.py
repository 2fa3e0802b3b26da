from alongside.voice.models.contribution import Change, Contribution, Redaction, Reply
from alongside.voice.models.forum import Forum, ForumClaim, Profile, ProfileCount, Sitting, SittingCount
from alongside.voice.models.population import PopulationCount

__all__ = ["Change", "Contribution", "Forum", "ForumClaim", "PopulationCount", "Profile", "ProfileCount", "Redaction", "Reply", "Sitting", "SittingCount"]
