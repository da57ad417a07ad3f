CREATE VIRTUAL TABLE package_search USING fts5 (name, title, summary, category, tokenize = 'unicode61 remove_diacritics 2');
