//! Actions that post payloads to this machine.

use serde::Serialize;
use tokio::net::TcpListener;
use trigger_core::Trigger;

use super::*;

#[derive(Serialize, Trigger)]
#[trigger(key = "parcel_sent", entity_id = parcel_id)]
struct ParcelSent {
    parcel_id: uuid::Uuid,
    weight: u32,
}

const SENT: ParcelSent = ParcelSent { parcel_id: uuid::Uuid::from_u128(7), weight: 5 };

/// Answers one request after the other, each with the next of these heads, and tells what it read.
async fn hook(answers: &'static [&'static str]) -> (String, tokio::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hook?a=b", listener.local_addr().expect("an address"));
    let (sender, requests) = tokio::sync::mpsc::channel(answers.len());
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = String::new();
            while !request.ends_with('}') {
                let mut bytes = [0; 4096];
                let count = stream.read(&mut bytes).await.expect("bytes");
                request += std::str::from_utf8(&bytes[..count]).expect("UTF-8");
            }
            stream.write_all(answer.as_bytes()).await.expect("it is read");
            sender.send(request).await.expect("the test listens");
        }
    });
    (url, requests)
}

/// A hook that answers nobody, and that nobody reaches once it is dropped.
async fn hanging() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    (listener, url)
}

/// The lines that tell of posts, but for those to come.
fn told(wix: &Emulator) -> Vec<String> {
    let history = wix.history();
    let lines = history.lines().map(str::trim);
    lines.filter(|it| it.contains("post") && !it.contains("(not ")).map(str::to_owned).collect()
}

async fn start() -> Emulator {
    Emulator::builder().at(now()).start().await.expect("an emulator")
}

#[tokio::test]
async fn an_action_posts_the_payload_until_it_is_taken() {
    let (url, mut requests) = hook(&[
        "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\n\r\n",
        "",
        "HTTP/1.1 302 Found\r\nlocation: http://example.com/\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 204 No Content\r\n\r\n",
    ])
    .await;
    let wix = start().await;
    wix.automation::<ParcelSent>("Tell the app").post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    wix.posts_answered().await;
    let first = requests.recv().await.expect("a request");
    for line in [
        "POST /hook?a=b HTTP/1.1",
        "content-type: application/json",
        "x-emulator-trigger-key: parcel_sent",
        "x-emulator-activation-id: 0c6e8d51-72b4-4f09-a3de-000000000000",
        "x-emulator-attempt: 1",
    ] {
        assert!(first.lines().any(|it| it == line), "{line} in {first}");
    }
    let payload = r#"{"parcel_id":"00000000-0000-0000-0000-000000000007","weight":5}"#;
    assert!(first.ends_with(&format!("\r\n\r\n{payload}")), "{first}");

    for (wait, attempt) in [(1.minute(), 2), (10.minutes(), 3), (1.hour(), 4)] {
        wix.clock().advance(wait);
        wix.posts_answered().await;
        let request = requests.recv().await.expect("a request");
        assert!(request.contains(&format!("x-emulator-attempt: {attempt}")), "{request}");
    }
    let about = "`Tell the app` of \"Tell the app\" for parcel_sent of 00000000-0000-0000-0000-000000000007";
    let expected = [
        ("2026-03-02T09:00:00Z", "answered with 500"),
        ("2026-03-02T09:01:00Z", "not answered"),
        ("2026-03-02T09:11:00Z", "answered with 302"),
        ("2026-03-02T10:11:00Z", "answered with 204"),
    ];
    let expected = expected.map(|(at, outcome)| format!("{at} posted {about}: {outcome}"));
    assert_eq!(told(&wix), expected);
    assert_eq!(wix.clock().next(), None);
}

#[tokio::test]
async fn nobody_who_listens_is_no_answer() {
    let wix = start().await;
    let (_, url) = hanging().await;
    wix.automation::<ParcelSent>("Tell the app").post_to(&url).action("More");
    SENT.report(&wix.instance()).await.expect("a report");
    wix.expect_action("More").times(1);
    wix.posts_answered().await;
    assert_eq!(told(&wix).len(), 1);
    ParcelSent::cancel(&wix.instance(), SENT.parcel_id).await.expect("a cancel");
    wix.expect_nothing_pending(SENT.parcel_id);
    assert!(told(&wix)[1].contains("no more"), "{:?}", told(&wix));
    assert_eq!(wix.clock().run_out(), 0);
}

#[tokio::test]
#[should_panic(expected = "`http://example.com/hook`: it is not on this machine")]
async fn nothing_leaves_this_machine() {
    let wix = start().await;
    wix.automation::<ParcelSent>("Tell the app").post_to("http://example.com/hook");
}

#[tokio::test]
#[should_panic(expected = "1 activation waits for 00000000-0000-0000-0000-000000000007")]
async fn what_is_to_be_posted_again_is_pending() {
    let wix = start().await;
    let (_, url) = hanging().await;
    wix.automation::<ParcelSent>("Tell the app").post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    wix.posts_answered().await;
    wix.expect_nothing_pending(SENT.parcel_id);
}

/// As a server of Node's does that is told to listen on `localhost`.
#[tokio::test]
async fn localhost_is_reached_where_it_listens() {
    // Where there is no IPv6, nobody listens there either.
    let Ok(listener) = TcpListener::bind("[::1]:0").await else { return };
    let port = listener.local_addr().expect("an address").port();
    let wix = start().await;
    let url = format!("http://localhost:{port}/");
    wix.automation::<ParcelSent>("Tell the app").post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    let patience = std::time::Duration::from_secs(30);
    let (mut stream, _) = tokio::time::timeout(patience, listener.accept())
        .await
        .expect("a connection in time")
        .expect("a connection");
    stream.write_all(b"HTTP/1.1 204 Good\r\n\r\n").await.expect("it is read");
    wix.posts_answered().await;
    wix.expect_nothing_pending(SENT.parcel_id);
}

/// What is said where nothing was expected to wait.
fn message_of(wix: &Emulator) -> String {
    super::expectations::message(|| wix.expect_nothing_pending(SENT.parcel_id))
}

#[tokio::test]
async fn it_is_told_when_a_post_is_tried_again() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    let wix = start().await;
    wix.automation::<ParcelSent>("Tell the app").post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    let whose = "`Tell the app` of \"Tell the app\" for parcel_sent of 00000000-0000-0000-0000-000000000007";
    let history = wix.history();
    let under_way = format!("2026-03-02T09:00:00Z (not answered yet) posts {whose}");
    assert!(history.lines().any(|line| line.trim() == under_way), "{history}");
    drop(listener.accept().await.expect("a connection"));
    wix.posts_answered().await;
    let again = format!("2026-03-02T09:01:00Z (not yet) posts {whose} again");
    let told = message_of(&wix);
    assert!(told.ends_with(&format!("\n  {again}")), "{told}");
    let activations = get(&wix, "/_emulator/activations").await.body;
    assert_eq!(activations[0]["next"], "2026-03-02T09:01:00Z");
}

/// Over HTTP, the clock does not go past what is posted.
#[tokio::test]
async fn what_is_posted_on_the_way_has_its_own_time() {
    let (url, mut requests) =
        hook(&["", "HTTP/1.1 500 Oops\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n"]).await;
    let wix = start().await;
    wix.automation::<ParcelSent>("Tell the app").delay(1.day()).post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    let turned =
        post(&wix, "/_emulator/clock", None, json!({ "advance": "P2D" }).to_string()).await;
    assert_eq!((&turned.body["next"], &turned.body["postsUnderWay"]), (&Value::Null, &json!(0)));
    let at: Vec<_> = told(&wix).iter().map(|it| it[..20].to_owned()).collect();
    let expected = ["2026-03-03T09:00:00Z", "2026-03-03T09:01:00Z", "2026-03-03T09:11:00Z"];
    assert_eq!(at, expected, "{}", wix.history());
    for _ in 0..3 {
        requests.recv().await.expect("a request");
    }
}

#[tokio::test]
async fn nothing_is_left_when_all_has_run_out() {
    let wix = start().await;
    let (_, url) = hanging().await;
    wix.automation::<ParcelSent>("Tell the app").post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    let turned = post(&wix, "/_emulator/clock", None, json!({ "runOut": true }).to_string()).await;
    assert_eq!(turned.body["next"], Value::Null);
    // Thirteen attempts, and that they were enough.
    assert_eq!(told(&wix).len(), 14, "{}", wix.history());
    let over = "2026-03-04T08:11:00Z";
    assert_eq!(turned.body["now"], over, "{}", wix.history());
}

/// Whoever asks a clock that goes learns what is on its way from that very moment.
#[tokio::test]
async fn the_clock_tells_what_is_about_to_be_posted() {
    let (url, _requests) = hook(&["HTTP/1.1 204 No Content\r\n\r\n"]).await;
    let wix = Emulator::builder().running().start().await.expect("an emulator");
    wix.automation::<ParcelSent>("Tell the app").delay(1.millisecond()).post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    // Nobody else of this thread looks at the clock meanwhile.
    let answer = get(&wix, "/_emulator/clock");
    std::thread::sleep(std::time::Duration::from_millis(5));
    assert_eq!(answer.await.body["postsUnderWay"], 1);
}

/// What is canceled before its turn has come is not posted.
#[tokio::test]
async fn a_cancel_stops_what_waits_behind_a_hook_that_hangs() {
    let (listener, url) = hanging().await;
    let wix = start().await;
    wix.automation::<ParcelSent>("Tell the app").post_to(&url);
    for _ in 0..20 {
        SENT.report(&wix.instance()).await.expect("a report");
    }
    let mut hanging = Vec::new();
    for _ in 0..16 {
        hanging.push(listener.accept().await.expect("a connection"));
    }
    ParcelSent::cancel(&wix.instance(), SENT.parcel_id).await.expect("a cancel");
    drop(hanging);
    wix.posts_answered().await;
    let told = told(&wix);
    let count = |words: &str| told.iter().filter(|it| it.contains(words)).count();
    assert_eq!((count("not answered"), count("no more")), (16, 4), "{told:?}");
}

#[tokio::test]
async fn what_is_under_way_is_answered_before_the_clock_turns() {
    for turn in [json!({ "advance": "PT5M" }), json!({ "next": true })] {
        let (listener, url) = hanging().await;
        let wix = start().await;
        wix.automation::<ParcelSent>("Tell the app").post_to(&url);
        SENT.report(&wix.instance()).await.expect("a report");
        let (hanging, _) = listener.accept().await.expect("a connection");
        tokio::spawn(async move {
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            drop((hanging, listener));
        });
        post(&wix, "/_emulator/clock", None, turn.to_string()).await;
        let at: Vec<_> = told(&wix).iter().map(|it| it[..20].to_owned()).collect();
        assert_eq!(
            at,
            ["2026-03-02T09:00:00Z", "2026-03-02T09:01:00Z"],
            "{turn} {}",
            wix.history()
        );
    }
}

/// Nobody who stops the clock waits for a hook that hangs.
#[tokio::test]
async fn a_clock_stops_at_once() {
    let (_listener, url) = hanging().await;
    let wix = start().await;
    wix.automation::<ParcelSent>("Tell the app").post_to(&url);
    SENT.report(&wix.instance()).await.expect("a report");
    for turn in ["run", "freeze"] {
        let turned = post(&wix, "/_emulator/clock", None, json!({ turn: true }).to_string()).await;
        assert_eq!(turned.body["postsUnderWay"], 1, "{turn}");
    }
}
