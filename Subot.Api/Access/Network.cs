using System.Net;
using System.Net.Sockets;

namespace Subot.Api.Access;

/// <summary>What tells those apart who did not sign in.</summary>
internal static class Network
{
    /// <summary>An address; of IPv6 the network, since everybody has billions of addresses there.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is { IsIPv4MappedToIPv6: true })
            address = address.MapToIPv4();
        return address is { AddressFamily: AddressFamily.InterNetworkV6 } ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address?.ToString() ?? "";
    }
}
