using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProbLang.Bench.Hosts;

/// <summary>One connection that is kept alive, with one request at a time.</summary>
internal sealed class HttpSocket : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[1 << 16];

    public HttpSocket(int port)
    {
        _socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _socket.Connect(IPAddress.Loopback, port);
    }

    public (int Status, string Body) Post(string path, byte[] body)
    {
        Send("POST", path, body);
        return Receive();
    }

    public (int Status, string Body) Get(string path)
    {
        Send("GET", path, []);
        return Receive();
    }

    /// <summary>Sends a request and does not wait for its answer.</summary>
    public void Send(string method, string path, byte[] body)
    {
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{method} {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"));
        byte[] request = [.. head, .. body];
        for (var sent = 0; sent < request.Length;) sent += _socket.Send(request.AsSpan(sent));
    }

    /// <summary>Goes away: by a reset, or by closing in order.</summary>
    public void Leave(bool isReset)
    {
        if (isReset) _socket.LingerState = new LingerOption(true, 0);
        _socket.Dispose();
    }

    public void Dispose() => _socket.Dispose();

    private (int, string) Receive()
    {
        var (count, end) = (0, -1);
        while ((end = _buffer.AsSpan(0, count).IndexOf("\r\n\r\n"u8)) < 0) count += Read(count);
        var head = Encoding.ASCII.GetString(_buffer, 0, end);
        var status = int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (!head.Contains("chunked", StringComparison.OrdinalIgnoreCase))
        {
            var length = int.Parse(head.Split("Content-Length: ")[1].Split('\r')[0], CultureInfo.InvariantCulture);
            while (count < end + 4 + length) count += Read(count);
            return (status, Encoding.UTF8.GetString(_buffer, end + 4, length));
        }
        // The last chunk is empty.
        while (!_buffer.AsSpan(0, count).EndsWith("0\r\n\r\n"u8)) count += Read(count);
        return (status, Encoding.UTF8.GetString(_buffer, end + 4, count - end - 4));
    }

    private int Read(int from)
    {
        try
        {
            return _socket.Receive(_buffer.AsSpan(from)) is > 0 and var count ? count : throw new IOException("the server has closed the connection");
        }
        catch (SocketException lost)
        {
            throw new IOException(lost.Message, lost);
        }
    }
}
