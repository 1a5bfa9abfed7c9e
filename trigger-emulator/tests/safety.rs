//! Attacks on a server that is left running, over sockets by hand: no client would send these.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};
use trigger_emulator::{AppAccess, Builder, Emulator, TriggerDefinition};

const REPORT: &str = "/automations/v1/events/report";
const SITE: &str = "00000000-0000-4000-8000-00000000b001";

fn builder() -> Builder {
    let schema = json!({ "type": "object", "properties": {} });
    let trigger = TriggerDefinition::new("class_full", "A trigger", &schema).expect("a schema");
    let now = "2026-03-02T09:00:00Z".parse().expect("a time");
    Emulator::builder().at(now).triggers(vec![trigger])
}

async fn start() -> Emulator {
    builder().start().await.expect("an emulator")
}

/// What an observer is told.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<String>>>);

impl Told {
    fn observes(&self, builder: Builder) -> Builder {
        let lines = Arc::clone(&self.0);
        builder.observer(move |line| lines.lock().expect("no panic").push(line.to_owned()))
    }

    fn text(&self) -> String {
        self.0.lock().expect("no panic").join("\n")
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    head: String,
    body: Value,
}

impl Answer {
    fn read(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{text:?}"));
        let status = head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status");
        let body = serde_json::from_str(body).unwrap_or_else(|_| panic!("{text:?}"));
        Self { status, head: head.to_lowercase(), body }
    }

    fn message(&self) -> &str {
        self.body["message"].as_str().unwrap_or_else(|| panic!("{self:?}"))
    }
}

/// The answer to a request of these lines, the last of which is the body.
async fn send(address: SocketAddr, lines: &[&str], body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let head = lines.join("\r\n");
    let length = body.len();
    let request = format!("{head}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    let whole = timeout(Duration::from_secs(5), stream.read_to_string(&mut answer)).await;
    whole.expect("at once").expect("it answers");
    Answer::read(&answer)
}

/// As a program of this machine sends it.
async fn call(address: SocketAddr, line: &str, headers: &[&str], body: &str) -> Answer {
    let first = format!("{line} HTTP/1.1");
    let lines: Vec<_> = [&*first, "host: localhost"].iter().chain(headers).copied().collect();
    send(address, &lines, body).await
}

async fn get(wix: &Emulator, what: &str) -> Value {
    let answer = call(wix.address(), &format!("GET /_emulator/{what}"), &[], "").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

fn credentials(secret: &str) -> String {
    json!({
        "grant_type": "client_credentials", "client_id": "an-app", "client_secret": secret,
        "instance_id": SITE,
    })
    .to_string()
}

async fn token(wix: &Emulator) -> String {
    let answer = call(wix.address(), "POST /oauth2/token", &[], &credentials("not-a-secret")).await;
    answer.body["access_token"].as_str().expect("a token").to_owned()
}

async fn report(wix: &Emulator, token: &str) -> Answer {
    let authorization = format!("authorization: {token}");
    let body = json!({ "triggerKey": "class_full" }).to_string();
    call(wix.address(), &format!("POST {REPORT}"), &[&authorization], &body).await
}

/// All that an attack could have changed.
async fn state(wix: &Emulator) -> [Value; 3] {
    [get(wix, "clock").await, get(wix, "events").await, get(wix, "activations").await]
}

/// An emulator in which something happened.
async fn used(told: &Told) -> Emulator {
    let wix = told.observes(builder()).start().await.expect("an emulator");
    let token = token(&wix).await;
    assert_eq!(report(&wix, &token).await.status, 200);
    wix
}

mod hosts {
    use super::*;

    async fn answer(address: SocketAddr, target: &str, hosts: &[&str]) -> Answer {
        let first = format!("GET {target} HTTP/1.1");
        let hosts: Vec<_> = hosts.iter().map(|host| format!("host: {host}")).collect();
        let hosts = hosts.iter().map(String::as_str);
        let lines: Vec<_> = [&*first].into_iter().chain(hosts).collect();
        send(address, &lines, "").await
    }

    #[tokio::test]
    async fn a_name_that_was_made_to_mean_this_machine_is_refused() {
        let told = Told::default();
        let wix = used(&told).await;
        let port = wix.address().port();
        for host in [
            "evil.example",
            &format!("evil.example:{port}"),
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "localhost@evil.example",
            "evil.example@localhost",
            "localhost.",
            "10.0.0.1",
            "0.0.0.0",
            "[::]",
            "2130706433",
            "127.1",
            "[::ffff:127.0.0.1]",
            "emulator",
        ] {
            for path in ["/_emulator/events", REPORT] {
                let answer = answer(wix.address(), path, &[host]).await;
                assert_eq!(answer.status, 403, "{host}: {answer:?}");
                let message = answer.message();
                assert!(message.contains(host) && message.contains("127.0.0.1"), "{message}");
                assert_eq!(answer.body["details"], json!({}));
            }
        }
        assert!(told.text().contains("refused /_emulator/events: 403"), "{}", told.text());
    }

    #[tokio::test]
    async fn a_target_with_a_foreign_host_is_refused() {
        let wix = start().await;
        for (target, status) in [
            ("http://evil.example/_emulator/events", 403),
            ("http://localhost@evil.example/_emulator/events", 403),
            ("http://127.0.0.1.evil.example/_emulator/events", 403),
            ("http://localhost/_emulator/events", 200),
        ] {
            assert_eq!(
                answer(wix.address(), target, &["localhost"]).await.status,
                status,
                "{target}"
            );
        }
    }

    #[tokio::test]
    async fn no_host_more_than_one_and_what_is_none_are_refused() {
        let wix = start().await;
        for hosts in [
            &[][..],
            &["localhost", "evil.example"],
            &["evil.example", "localhost"],
            &["localhost", "localhost"],
            &[""],
            &["local host"],
            &["http://localhost"],
            &["localhost/"],
            &["\u{e9}"],
        ] {
            let answer = answer(wix.address(), "/_emulator/events", hosts).await;
            assert_eq!(answer.status, 400, "{hosts:?}: {answer:?}");
            assert!(answer.message().contains("127.0.0.1"), "{answer:?}");
        }
        let answer = send(wix.address(), &["GET /_emulator/events HTTP/1.0"], "").await;
        assert_eq!(answer.status, 400, "{answer:?}");
    }

    #[tokio::test]
    async fn this_machine_is_known_by_its_names() {
        let wix = start().await;
        let port = wix.address().port();
        for host in [
            format!("localhost:{port}"),
            "LOCALHOST".to_owned(),
            format!("LocalHost:{port}"),
            "127.0.0.1".to_owned(),
            format!("127.0.0.1:{port}"),
            "127.1.2.3".to_owned(),
            format!("[::1]:{port}"),
            "[::1]".to_owned(),
        ] {
            let answer = answer(wix.address(), "/_emulator/events", &[&host]).await;
            assert_eq!(answer.status, 200, "{host}: {answer:?}");
        }
    }

    #[tokio::test]
    async fn a_name_is_allowed_and_addresses_are_where_others_may_call() {
        let wix = builder().allow_host("emulator").allow_host("wix.test:8080");
        let wix = wix.start().await.expect("an emulator");
        assert!(wix.address().ip().is_loopback());
        for (host, status) in [
            ("emulator", 200),
            ("EMULATOR:8787", 200),
            ("Wix.test:8080", 200),
            ("wix.test:8081", 403),
            ("wix.test", 403),
            ("emulator.evil.example", 403),
            ("emulator@evil.example", 403),
            ("10.0.0.1", 403),
        ] {
            let answer = answer(wix.address(), "/_emulator/events", &[host]).await;
            assert_eq!(answer.status, status, "{host}: {answer:?}");
        }
        let everywhere = builder().listen(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        let wix = everywhere.start().await.expect("an emulator");
        let address = (Ipv4Addr::LOCALHOST, wix.address().port()).into();
        for (host, status) in
            [("10.0.0.1:80", 200), ("[fd00::1]", 200), ("localhost", 200), ("emulator", 403)]
        {
            let answer = answer(address, "/_emulator/events", &[host]).await;
            assert_eq!(answer.status, status, "{host}: {answer:?}");
        }
    }
}

mod browsers {
    use super::*;

    const FORM: &str = "content-type: application/x-www-form-urlencoded";

    const CALLS: [(&str, &str); 6] = [
        ("/_emulator/reset", ""),
        ("/_emulator/clock", r#"{"advance":"P1D"}"#),
        ("/_emulator/clock", "advance=P1D"),
        ("/_emulator/activations", ""),
        ("/oauth2/token", "{}"),
        (REPORT, "{}"),
    ];

    #[tokio::test]
    async fn a_page_of_another_site_changes_nothing() {
        let told = Told::default();
        let wix = used(&told).await;
        let before = state(&wix).await;
        let port = wix.address().port();
        let neighbour = format!("origin: http://localhost:{}", port.wrapping_add(1));
        // As Chrome sends a form, a fetch of a neighbour, one of a sandbox, a script, and a request
        // that asks whether another may be sent; and what browsers without `Sec-Fetch-Site` send.
        let form = &[
            "origin: https://evil.example",
            "sec-fetch-site: cross-site",
            FORM,
            "sec-fetch-mode: navigate",
        ];
        let attacks: [(&str, &[&str]); 9] = [
            ("POST", form),
            ("POST", &["origin: http://evil.example", FORM]),
            ("POST", &[&neighbour, "sec-fetch-site: same-site", "sec-fetch-mode: no-cors"]),
            ("POST", &[&neighbour]),
            ("POST", &["origin: null", FORM]),
            ("POST", &["sec-fetch-site: same-site"]),
            ("POST", &["origin: https://localhost", FORM]),
            (
                "GET",
                &[
                    "sec-fetch-site: cross-site",
                    "sec-fetch-mode: no-cors",
                    "sec-fetch-dest: script",
                ],
            ),
            ("OPTIONS", &["origin: http://evil.example", "access-control-request-method: POST"]),
        ];
        for (method, headers) in attacks {
            for (path, body) in CALLS {
                let line = format!("{method} {path}");
                let answer = call(wix.address(), &line, headers, body).await;
                assert_eq!(answer.status, 403, "{line} {headers:?}: {answer:?}");
                assert!(answer.message().contains("call from a program"), "{answer:?}");
                assert!(!answer.head.contains("access-control-"), "{answer:?}");
            }
        }
        assert_eq!(state(&wix).await, before);
        assert!(told.text().contains("refused /_emulator/reset: 403"), "{}", told.text());
    }

    #[tokio::test]
    async fn a_page_of_the_emulators_own_and_a_typed_address_pass() {
        let wix = start().await;
        let host = wix.address();
        let (named, own) = (format!("host: {host}"), format!("origin: http://{host}"));
        let typed = ["GET /_emulator/clock HTTP/1.1", &named, "sec-fetch-site: none"];
        assert_eq!(send(host, &typed, "").await.status, 200);
        let sent = ["POST /_emulator/reset HTTP/1.1", &named, &own, "sec-fetch-site: same-origin"];
        let answer = send(host, &sent, "").await;
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(!answer.head.contains("access-control-"), "{answer:?}");
    }
}

mod limits {
    use super::*;

    const CHUNK: usize = 64 << 10;

    /// Writes up to 100 MB after a head, and reads at the same time. The answer, and what was written.
    async fn flood(wix: &Emulator, header: &str, chunk: &[u8]) -> (Answer, usize) {
        let stream = TcpStream::connect(wix.address()).await.expect("it listens");
        let (mut reader, mut writer) = stream.into_split();
        let head = format!("POST {REPORT} HTTP/1.1\r\nhost: localhost\r\n{header}\r\n\r\n");
        writer.write_all(head.as_bytes()).await.expect("it reads");
        let write = async {
            let mut written = 0;
            while written < 100 << 20 {
                match writer.write_all(chunk).await {
                    Ok(()) => written += CHUNK,
                    Err(_) => break,
                }
            }
            written
        };
        let read = async {
            let mut answer = String::new();
            reader.read_to_string(&mut answer).await.expect("it answers");
            Answer::read(&answer)
        };
        let both = async { tokio::join!(read, write) };
        timeout(Duration::from_secs(5), both).await.expect("it gives up soon")
    }

    /// What sockets may hold of bytes that nobody reads.
    const SOCKETS: usize = 40 << 20;

    #[tokio::test]
    async fn a_body_that_is_too_long_is_not_read() {
        let wix = start().await;
        let plain = vec![b' '; CHUNK];
        let length = format!("content-length: {}", 100 << 20);
        let (answer, written) = flood(&wix, &length, &plain).await;
        assert_eq!(answer.status, 413, "{answer:?}");
        assert!(written < SOCKETS, "{written}");

        let mut chunk = format!("{CHUNK:x}\r\n").into_bytes();
        chunk.extend(&plain);
        chunk.extend(b"\r\n");
        let (answer, written) = flood(&wix, "transfer-encoding: chunked", &chunk).await;
        assert_eq!(answer.status, 413, "{answer:?}");
        assert!(written < SOCKETS, "{written}");
        get(&wix, "clock").await;
    }

    #[tokio::test]
    async fn a_length_is_answered_before_a_byte_of_the_body() {
        let wix = start().await;
        let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
        let head = format!("POST {REPORT} HTTP/1.1\r\nhost: localhost\r\nexpect: 100-continue");
        let head = format!("{head}\r\ncontent-length: {}\r\n\r\n", 100 << 20);
        stream.write_all(head.as_bytes()).await.expect("it reads");
        let mut answer = String::new();
        let whole = timeout(Duration::from_secs(1), stream.read_to_string(&mut answer)).await;
        whole.expect("at once").expect("it answers");
        assert_eq!(Answer::read(&answer).status, 413);
    }

    /// Most clients write a body to its end before they read, and would tell of a reset alone.
    #[tokio::test]
    async fn who_still_writes_is_answered_and_not_reset() {
        let wix = start().await;
        let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
        let head = format!("POST {REPORT} HTTP/1.1\r\nhost: localhost");
        let head = format!("{head}\r\ncontent-length: {}\r\n\r\n", 100 << 20);
        stream.write_all(head.as_bytes()).await.expect("it reads");
        for _ in 0..3 {
            sleep(Duration::from_millis(50)).await;
            stream.write_all(b"some of it").await.expect("it is not reset");
        }
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("it answers");
        assert_eq!(Answer::read(&answer).status, 413);
    }

    #[tokio::test]
    async fn a_head_that_is_too_long_is_refused() {
        let wix = start().await;
        let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
        let head = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx: {}", "x".repeat(32 << 10));
        stream.write_all(head.as_bytes()).await.expect("it reads");
        let mut answer = [0; 12];
        let read = timeout(Duration::from_secs(1), stream.read_exact(&mut answer)).await;
        read.expect("at once").expect("it answers");
        assert_eq!(&answer, b"HTTP/1.1 431");
    }

    /// Sends a byte each half second after these, until the connection ends: what came back, and
    /// after how long.
    async fn drip(wix: &Emulator, head: &str) -> (String, Duration) {
        let begun = Instant::now();
        let stream = TcpStream::connect(wix.address()).await.expect("it listens");
        let (mut reader, mut writer) = stream.into_split();
        writer.write_all(head.as_bytes()).await.expect("it reads");
        let dripping = tokio::spawn(async move {
            while writer.write_all(b"x").await.is_ok() {
                sleep(Duration::from_millis(500)).await;
            }
        });
        let mut answer = Vec::new();
        // A reset ends it as well.
        let read = timeout(Duration::from_secs(15), reader.read_to_end(&mut answer)).await;
        let _ = read.expect("it ends");
        let took = begun.elapsed();
        dripping.abort();
        (String::from_utf8(answer).expect("text"), took)
    }

    fn about(seconds: u64, took: Duration) -> bool {
        let due = Duration::from_secs(seconds);
        took + Duration::from_millis(100) >= due && took < due + Duration::from_secs(3)
    }

    #[tokio::test]
    async fn a_head_that_comes_byte_by_byte_is_given_up() {
        let told = Told::default();
        let wix = told.observes(builder()).start().await.expect("an emulator");
        let slow = drip(&wix, "GET / HTTP/1.1\r\nhost: localhost\r\nx: ");
        let others = async {
            for _ in 0..40 {
                let begun = Instant::now();
                get(&wix, "clock").await;
                assert!(begun.elapsed() < Duration::from_secs(1));
                sleep(Duration::from_millis(100)).await;
            }
        };
        let ((answer, took), ()) = tokio::join!(slow, others);
        assert_eq!(answer, "");
        assert!(about(5, took), "{took:?}");
        assert!(told.text().contains("closed a connection: no request within 5 s"));
    }

    #[tokio::test]
    async fn a_body_that_comes_byte_by_byte_is_given_up() {
        let told = Told::default();
        let wix = told.observes(builder()).start().await.expect("an emulator");
        let head = format!("POST {REPORT} HTTP/1.1\r\nhost: localhost\r\n");
        let plain = format!("{head}content-length: 1000\r\n\r\n");
        let chunked = format!("{head}transfer-encoding: chunked\r\n\r\n3e8\r\n");
        let (plain, chunked) = tokio::join!(drip(&wix, &plain), drip(&wix, &chunked));
        for (answer, took) in [plain, chunked] {
            let answer = Answer::read(&answer);
            assert_eq!(answer.status, 408, "{answer:?}");
            assert!(answer.message().contains("10 seconds"), "{answer:?}");
            assert!(about(10, took), "{took:?}");
        }
        assert!(told.text().contains(&format!("refused {REPORT}: 408")), "{}", told.text());
    }

    const IDLE: usize = 2_000;

    /// Whether this process may open the files: both ends are in it, the server's of 512 at most,
    /// beside those of the other tests. Where it is not known, as on no Linux, it is not tried.
    fn may_open_them() -> bool {
        let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
        let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
        let most = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
        most.is_some_and(|most: usize| most >= IDLE + 1_200)
    }

    async fn ask(stream: &mut TcpStream) {
        let request = b"GET /_emulator/clock HTTP/1.1\r\nhost: localhost\r\n\r\n";
        stream.write_all(request).await.expect("it reads");
        let mut answer = [0; 1024];
        let read = timeout(Duration::from_secs(1), stream.read(&mut answer)).await;
        let read = read.expect("within a second").expect("it answers");
        assert!(answer[..read].starts_with(b"HTTP/1.1 200"));
    }

    #[tokio::test]
    async fn whoever_holds_connections_keeps_nobody_out() {
        if !may_open_them() {
            eprintln!("not tried: this process may not open {IDLE} files and more (`ulimit -n`)");
            return;
        }
        let wix = start().await;
        let mut kept = TcpStream::connect(wix.address()).await.expect("it listens");
        let mut idle = Vec::new();
        for number in 0..IDLE {
            idle.push(TcpStream::connect(wix.address()).await.expect("it listens"));
            // Who is served now and then all the while is not closed.
            if number % 20 == 0 {
                ask(&mut kept).await;
            }
        }
        let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
        ask(&mut stream).await;
        ask(&mut kept).await;
        sleep(Duration::from_millis(200)).await;
        let is_open = |stream: &&TcpStream| {
            let read = stream.try_read(&mut [0]);
            read.is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
        };
        // `try_read` knows of an end only after it was looked for.
        for stream in &idle {
            let _ = timeout(Duration::from_millis(1), stream.readable()).await;
        }
        let open = idle.iter().filter(is_open).count();
        assert!((1..=510).contains(&open), "{open}");
    }

    #[tokio::test]
    async fn connections_end_with_the_emulator() {
        let wix = start().await;
        let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
        ask(&mut stream).await;
        drop(wix);
        let read = timeout(Duration::from_secs(1), stream.read(&mut [0])).await;
        assert_eq!(read.expect("at once").unwrap_or(0), 0);
    }
}

mod states {
    use super::*;

    /// It would have the emulator call this machine's own servers for somebody else.
    #[tokio::test]
    async fn no_state_from_elsewhere_posts() {
        let to = "http://localhost:1/";
        for (listens, post, is_waiting, status) in [
            (Ipv4Addr::UNSPECIFIED, Some(to), false, 400),
            (Ipv4Addr::UNSPECIFIED, None, true, 400),
            (Ipv4Addr::UNSPECIFIED, None, false, 200),
            (Ipv4Addr::LOCALHOST, Some(to), true, 200),
        ] {
            let wix = builder().listen(IpAddr::V4(listens)).start().await.expect("an emulator");
            let mut state: Value = serde_json::from_str(&wix.save()).expect("JSON");
            state["state"]["automations"] = json!([{
                "name": "Post", "triggerKey": "class_full", "filters": [], "before": "PT0S",
                "steps": [{ "action": { "name": "Post", "post": post } }], "status": "active",
                "isDefault": false, "edited": null, "hasUntoldAction": false,
            }]);
            // One that is over goes nowhere any more.
            let now = &state["state"]["now"];
            let sending = json!({ "attempts": 2, "due": null });
            state["state"]["deliveries"] = json!([{
                "number": 0, "at": now, "to": to, "webhook": { "eventType": "a" },
                "attempts": [[now, "unanswered"]],
                "sending": if is_waiting { sending } else { Value::Null },
            }]);
            state["state"]["nextDelivery"] = json!(1);
            let before = wix.save();
            let state = state.to_string();
            let length = state.len();
            let head = format!(
                "PUT /_emulator/state HTTP/1.1\r\nhost: localhost\r\ncontent-length: {length}"
            );
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, wix.address().port()));
            let mut stream = TcpStream::connect(address).await.expect("it listens");
            let request = format!("{head}\r\nconnection: close\r\n\r\n{state}");
            stream.write_all(request.as_bytes()).await.expect("it reads");
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.expect("it answers");
            let answer = Answer::read(&answer);
            assert_eq!(answer.status, status, "{listens} {answer:?}");
            if status == 400 {
                assert!(answer.message().contains("`--state`"), "{answer:?}");
                assert_eq!(wix.save(), before);
            }
        }
    }
}

mod webhooks {
    use super::*;

    /// As with a state: whoever calls from elsewhere names no server of this machine.
    #[tokio::test]
    async fn no_call_from_elsewhere_says_where_a_webhook_goes() {
        let to = "http://localhost:1/";
        let webhook = json!({ "eventType": "a", "actionEvent": {}, "id": "an-id" });
        for (listens, is_refused) in [(Ipv4Addr::UNSPECIFIED, true), (Ipv4Addr::LOCALHOST, false)] {
            let wix = builder().listen(IpAddr::V4(listens)).start().await.expect("an emulator");
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, wix.address().port()));
            let line = "POST /_emulator/webhooks";
            wix.send_webhooks_to(to);
            assert_eq!(call(address, line, &[], &webhook.to_string()).await.status, 200);
            let mut aimed = webhook.clone();
            aimed["to"] = json!(to);
            for asked in [aimed, json!({ "again": "an-id", "to": to })] {
                let answer = call(address, line, &[], &asked.to_string()).await;
                if is_refused {
                    assert_eq!(answer.status, 400);
                    assert!(answer.message().contains("only the configuration"), "{answer:?}");
                } else {
                    assert_eq!(answer.status, 200, "{answer:?}");
                }
            }
            assert_eq!(wix.deliveries().len(), if is_refused { 1 } else { 3 });
        }
    }
}

mod secrets {
    use super::*;

    #[tokio::test]
    async fn a_token_cannot_be_made_up() {
        let wix = start().await;
        let given = token(&wix).await;
        let others = token(&start().await).await;
        let upper = given.to_uppercase();
        let made_up = "0123456789abcdef".repeat(4);
        let short = &given[..given.len() - 1];
        for forged in ["", "x", &made_up, short, &others, &upper, &format!("{given}0")] {
            assert_eq!(report(&wix, forged).await.status, 401, "{forged}");
        }
        assert_eq!(report(&wix, &given).await.status, 200);
    }

    #[tokio::test]
    async fn a_token_ends_after_four_hours() {
        let wix = start().await;
        let given = token(&wix).await;
        let turn = async |by: &str| {
            let body = json!({ "advance": by }).to_string();
            let answer = call(wix.address(), "POST /_emulator/clock", &[], &body).await;
            assert_eq!(answer.status, 200, "{answer:?}");
        };
        turn("PT3H59M59S").await;
        assert_eq!(report(&wix, &given).await.status, 200);
        turn("PT1S").await;
        assert_eq!(report(&wix, &given).await.status, 401);
    }

    /// A UUID of version 4 has 122 random bits in 32 digits.
    #[tokio::test]
    async fn tokens_are_long_and_differ() {
        let wix = start().await;
        let (one, other) = (token(&wix).await, token(&wix).await);
        assert_ne!(one, other);
        assert!(one.len() >= 32 && one.bytes().all(|digit| digit.is_ascii_hexdigit()), "{one}");
        let same = one.bytes().zip(other.bytes()).filter(|(one, other)| one == other).count();
        assert!(same < one.len() / 2, "{one} {other}");
    }

    const RIGHT: &str = "hush-hush-5d1f";
    const WRONG: &str = "wrong-hush-9a2c";

    /// Bodies that have a secret in them, where it belongs and where it does not.
    fn with_secrets() -> [String; 10] {
        let (right, wrong) = (credentials(RIGHT), credentials(WRONG));
        [
            right.replace("client_credentials", RIGHT),
            right.replace(SITE, RIGHT),
            right.replace("an-app", RIGHT),
            right.replace("client_secret", RIGHT),
            right[..right.len() - 1].to_owned(),
            format!("[{right}]"),
            format!("{{\"client_secret\":\"{RIGHT}\"\"{WRONG}"),
            format!("client_secret={RIGHT}"),
            wrong,
            right,
        ]
    }

    #[tokio::test]
    async fn a_secret_is_never_told() {
        let told = Told::default();
        let app = AppAccess {
            id: "an-app".to_owned(),
            secret: RIGHT.to_owned(),
            instances: vec![SITE.parse().expect("an id")],
            triggers: None,
        };
        let builder = told.observes(builder()).apps(vec![app]);
        let mut seen = vec![format!("{builder:?}")];
        let wix = builder.start().await.expect("an emulator");
        seen.push(format!("{wix:?} {:?}", wix.app("an-app", RIGHT)));
        for body in with_secrets() {
            for path in ["/_emulator/reset", "/oauth2/token", REPORT] {
                let answer = call(wix.address(), &format!("POST {path}"), &[], &body).await;
                seen.push(format!("{answer:?}"));
            }
            let rows = call(wix.address(), "POST /_emulator/rows", &[], "{}").await.body;
            let id = json!({ "id": rows["rows"][0]["id"] }).to_string();
            let row = call(wix.address(), "POST /_emulator/row", &[], &id).await;
            assert_eq!(row.status, 200, "{row:?}");
            seen.push(format!("{rows} {row:?}"));
        }
        let answer = call(wix.address(), "POST /oauth2/token", &[], &credentials(RIGHT)).await;
        let given = answer.body["access_token"].as_str().expect("a token").to_owned();
        for token in [RIGHT, WRONG, &given] {
            seen.push(format!("{:?}", report(&wix, token).await));
        }
        for what in ["triggers", "automations", "events", "activations", "clock"] {
            seen.push(get(&wix, what).await.to_string());
        }
        seen.push(get(&wix, "overview").await.to_string());
        seen.extend([told.text(), wix.history(), format!("{wix:?}")]);
        for secret in [RIGHT, WRONG, &given] {
            for seen in &seen {
                assert!(!seen.contains(secret), "{secret} in {seen}");
            }
        }
        assert!(told.text().contains("refused"), "{}", told.text());
    }
}
