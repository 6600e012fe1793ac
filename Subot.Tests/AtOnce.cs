using NUnit.Framework;

// Two fixtures run at once: many wait for servers, browsers and processes of their own. Those that kill processes in the middle of a load run alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(2)]
