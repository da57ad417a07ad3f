-- What a publisher says to those who have a version that should be left for another.
ALTER TABLE versions ADD COLUMN deprecation TEXT;
