COMMIT;

SELECT (hold_effective($1, $2) AT TIME ZONE 'UTC')::date::text AS today;

SELECT date_trunc('milliseconds', clock_timestamp()) AS now;

SELECT name
  FROM pg_timezone_names
  WHERE lower(name) = lower($1);

SELECT pg_advisory_xact_lock(7265);

SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0));

SET LOCAL statement_timeout = '5s';

SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;

START TRANSACTION;
