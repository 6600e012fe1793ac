using System.Reflection;

namespace Subot.Tests;

/// <summary>Passes every call of an interface on, and lets a test step in where it wants to.</summary>
public static class Between
{
    /// <param name="inner">Who does the work.</param>
    /// <param name="call">Gets the name of the method, its arguments, and what calls the inner one; gives what the method returns.</param>
    public static T Put<T>(T inner, Func<string, object?[], Func<object?>, object?> call)
        where T : class
    {
        var proxy = DispatchProxy.Create<T, Passing>();
        var passing = (Passing)(object)proxy;
        (passing.Inner, passing.Call) = (inner, call);
        return proxy;
    }

    /// <summary>Not sealed: the proxy derives from it.</summary>
    public class Passing : DispatchProxy
    {
        public object Inner { get; set; } = null!;

        public Func<string, object?[], Func<object?>, object?> Call { get; set; } = null!;

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            Call(targetMethod!.Name, args ?? [], () => targetMethod.Invoke(Inner, BindingFlags.DoNotWrapExceptions, null, args, null));
    }
}
