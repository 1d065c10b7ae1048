"""The hall's voice, with no internet: what is said (spoken, pronounce), its sound (sound, chime, engines), and its playing."""
