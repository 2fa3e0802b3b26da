-- What a district is drawn from; lives as long as the loader's own connection.
CREATE TEMP TABLE pool_name (kind text, place integer, name text, plain text, sounds varchar[], PRIMARY KEY (kind, place));
CREATE TEMP TABLE pool_kind (kind text PRIMARY KEY, category text, category_no integer, name text);
CREATE TEMP TABLE pool_words (place integer PRIMARY KEY, account text, effect text, action text, own_words text);
CREATE TEMP TABLE pool_street (place integer PRIMARY KEY, name text);
CREATE TEMP TABLE sort (
    kind text PRIMARY KEY, agency_id integer, door_id integer, manager_id integer, title text, role text, children real, adults real, older real, kinds text[]);

-- An id that says nothing, and never comes twice: the nth of a fixed shuffling of 41 bits.
CREATE FUNCTION pg_temp.shuffled_id(n bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT 1 + ((n * 360287970189 + 1234567891234) & 2199023255551)
$$;

-- The nth number of the range that is never issued, 999 and six digits and the one that checks them; none where none checks.
CREATE FUNCTION pg_temp.never_issued(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN n > 999999 OR c.digit = 10 THEN NULL ELSE '999' || lpad(n::text, 6, '0') || c.digit END
      FROM (SELECT mod(11 - mod((SELECT sum((11 - p) * substr('999' || lpad(n::text, 6, '0'), p, 1)::integer) FROM generate_series(1, 9) p), 11), 11) AS digit) c
$$;
