using NUnit.Framework;

// Fixtures run at once, more of them than a small machine has processors: many wait for servers, browsers and processes of their own. Those
// that kill processes in the middle of a load run alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]
