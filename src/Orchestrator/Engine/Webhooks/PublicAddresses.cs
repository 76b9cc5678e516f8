using System.Net;
using System.Net.Sockets;

namespace SagaOrchestrator.Engine.Webhooks;

/// <summary>
/// Tells addresses of the public internet from all others: what whoever registers a webhook could else have the orchestrator ask for him.
/// </summary>
internal static class PublicAddresses
{
    // IANA's registry of special-purpose addresses, and what is not unicast.
    private static readonly IPNetwork[] RefusedV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by a carrier's customers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local: a cloud's metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // former 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
        }.Select(IPNetwork.Parse),
    ];

    // Of IPv6 only what is assigned as global unicast is public, without these.
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] RefusedV6 =
    [
        .. new[]
        {
            "2001::/23", // protocol assignments: Teredo holds an IPv4 address
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4 holds an IPv4 address
            "3fff::/20", // documentation
        }.Select(IPNetwork.Parse),
    ];

    // What a translator makes of an IPv4 address.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Has(IPAddress address) =>
        address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !RefusedV4.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 when address.IsIPv4MappedToIPv6 => Has(address.MapToIPv4()),
            AddressFamily.InterNetworkV6 when Translated.Contains(Unscoped(address)) => Has(new IPAddress(address.GetAddressBytes()[12..])),
            AddressFamily.InterNetworkV6 => address.ScopeId == 0
                && GlobalV6.Contains(address)
                && !RefusedV6.Any(network => network.Contains(address)),
            _ => false,
        };

    private static IPAddress Unscoped(IPAddress address) => new(address.GetAddressBytes());
}
