//! `payload_document()` and `payload_schema()` beside schemars' generator, over 1,000 structs.
//!
//! `cargo bench -p trigger-tests --bench documents`. Both describe the same structs: schemars in a
//! document of draft-07 for what is serialized, ours in Wix's dialect. Documents are made and
//! dropped, and neither checked nor written. The limit is on the text, which is what is pasted into
//! the dashboard, beside schemars' schema as text, and even as a value that nobody writes out. As
//! values, which hold 1.6 times as much as schemars', ours are shown without a limit.
//!
//! Without `--bench` among the arguments, as `cargo test --all-targets` runs it, nothing is timed.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use trigger_core::Trigger;
use trigger_tests::Quartiles;

/// Our texts may take this much of what schemars takes.
const LIMIT: f64 = 1.0;
const ROUNDS: usize = 40;
/// How many documents are made in a batch.
const DOCUMENTS: usize = 1000;

/// What makes the documents of one struct.
struct Maker {
    our_text: fn() -> String,
    plain_text: fn() -> String,
    our_schema: fn() -> Schema,
    plain_schema: fn() -> Schema,
}

impl Maker {
    fn of<T: Trigger + JsonSchema>() -> Self {
        Self {
            our_text: || T::payload_document().to_string(),
            plain_text: || {
                serde_json::to_string_pretty(&plain_schema::<T>()).expect("a schema is JSON")
            },
            our_schema: T::payload_schema,
            plain_schema: plain_schema::<T>,
        }
    }
}

fn plain_schema<T: JsonSchema>() -> Schema {
    SchemaSettings::draft07().for_serialize().into_generator().into_root_schema_for::<T>()
}

/// Structs of 8 fields, as those of `cargo xtask bench compile`.
macro_rules! structs {
    ($($module:ident $key:literal)*) => {
        $(mod $module {
            use schemars::JsonSchema;
            use serde::Serialize;
            use trigger_core::Trigger;

            /// An invoice is about to be due.
            #[derive(Serialize, JsonSchema, Trigger)]
            #[serde(rename_all = "camelCase")]
            #[trigger(
                key = $key,
                name = "Invoice due",
                scheduled_at = due_at,
                contact = contact_id,
                entity_id = invoice_id,
            )]
            pub(super) struct InvoiceDue {
                pub(super) invoice_id: uuid::Uuid,
                pub(super) due_at: jiff::Timestamp,
                pub(super) contact_id: uuid::Uuid,
                /// The number printed on the invoice.
                #[trigger(title = "Invoice number", example = "INV-0042")]
                pub(super) number: String,
                #[trigger(format = "email", example = "ada@example.com")]
                pub(super) email: Option<String>,
                pub(super) amount: f64,
                pub(super) count: u32,
                pub(super) paid: bool,
            }
        })*

        fn makers() -> Vec<Maker> {
            vec![$(Maker::of::<$module::InvoiceDue>()),*]
        }
    };
}

structs! {
    s00 "invoice_due_00" s01 "invoice_due_01" s02 "invoice_due_02" s03 "invoice_due_03" s04 "invoice_due_04"
    s05 "invoice_due_05" s06 "invoice_due_06" s07 "invoice_due_07" s08 "invoice_due_08" s09 "invoice_due_09"
    s10 "invoice_due_10" s11 "invoice_due_11" s12 "invoice_due_12" s13 "invoice_due_13" s14 "invoice_due_14"
    s15 "invoice_due_15" s16 "invoice_due_16" s17 "invoice_due_17" s18 "invoice_due_18" s19 "invoice_due_19"
    s20 "invoice_due_20" s21 "invoice_due_21" s22 "invoice_due_22" s23 "invoice_due_23" s24 "invoice_due_24"
    s25 "invoice_due_25" s26 "invoice_due_26" s27 "invoice_due_27" s28 "invoice_due_28" s29 "invoice_due_29"
    s30 "invoice_due_30" s31 "invoice_due_31" s32 "invoice_due_32" s33 "invoice_due_33" s34 "invoice_due_34"
    s35 "invoice_due_35" s36 "invoice_due_36" s37 "invoice_due_37" s38 "invoice_due_38" s39 "invoice_due_39"
    s40 "invoice_due_40" s41 "invoice_due_41" s42 "invoice_due_42" s43 "invoice_due_43" s44 "invoice_due_44"
    s45 "invoice_due_45" s46 "invoice_due_46" s47 "invoice_due_47" s48 "invoice_due_48" s49 "invoice_due_49"
    s50 "invoice_due_50" s51 "invoice_due_51" s52 "invoice_due_52" s53 "invoice_due_53" s54 "invoice_due_54"
    s55 "invoice_due_55" s56 "invoice_due_56" s57 "invoice_due_57" s58 "invoice_due_58" s59 "invoice_due_59"
    s60 "invoice_due_60" s61 "invoice_due_61" s62 "invoice_due_62" s63 "invoice_due_63" s64 "invoice_due_64"
    s65 "invoice_due_65" s66 "invoice_due_66" s67 "invoice_due_67" s68 "invoice_due_68" s69 "invoice_due_69"
    s70 "invoice_due_70" s71 "invoice_due_71" s72 "invoice_due_72" s73 "invoice_due_73" s74 "invoice_due_74"
    s75 "invoice_due_75" s76 "invoice_due_76" s77 "invoice_due_77" s78 "invoice_due_78" s79 "invoice_due_79"
    s80 "invoice_due_80" s81 "invoice_due_81" s82 "invoice_due_82" s83 "invoice_due_83" s84 "invoice_due_84"
    s85 "invoice_due_85" s86 "invoice_due_86" s87 "invoice_due_87" s88 "invoice_due_88" s89 "invoice_due_89"
    s90 "invoice_due_90" s91 "invoice_due_91" s92 "invoice_due_92" s93 "invoice_due_93" s94 "invoice_due_94"
    s95 "invoice_due_95" s96 "invoice_due_96" s97 "invoice_due_97" s98 "invoice_due_98" s99 "invoice_due_99"
}

fn main() -> ExitCode {
    let makers = makers();
    let texts: (Vec<_>, Vec<_>) =
        makers.iter().map(|maker| ((maker.our_text)(), (maker.plain_text)())).unzip();
    let bytes = |texts: &[String]| texts.iter().map(String::len).sum::<usize>() / texts.len();
    println!(
        "{} structs of 8 fields; a document has {} bytes, schemars' {}",
        makers.len(),
        bytes(&texts.0),
        bytes(&texts.1),
    );
    if std::env::args().all(|argument| argument != "--bench") {
        return ExitCode::SUCCESS;
    }
    println!("\nours / schemars', {DOCUMENTS} documents, {ROUNDS} rounds of four batches");
    let (text, schema) = (|maker: &Maker| maker.our_text, |maker: &Maker| maker.our_schema);
    let (plain_text, plain_schema) =
        (|maker: &Maker| maker.plain_text, |maker: &Maker| maker.plain_schema);
    let limited = [
        ("text / text", time(&makers, text, plain_text)),
        ("text / schemars::Schema", time(&makers, text, plain_schema)),
    ];
    let values = ("schemars::Schema / schemars::Schema", time(&makers, schema, plain_schema));
    for (name, timing) in limited.iter().chain([&values]) {
        println!("{name}: {timing}");
    }
    let within = limited.iter().all(|(_, timing)| timing.ratio.median <= LIMIT);
    println!("texts {} the limit of {LIMIT:.1}", if within { "within" } else { "OVER" });
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn time<T, P>(
    makers: &[Maker],
    ours: fn(&Maker) -> fn() -> T,
    plain: fn(&Maker) -> fn() -> P,
) -> Timing {
    let (mut ratios, mut our_times, mut plain_times) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        // In this order, a machine that steadily slows down or speeds up favours neither.
        let mut plain_time = batch(makers, plain);
        let mut our_time = batch(makers, ours);
        our_time += batch(makers, ours);
        plain_time += batch(makers, plain);
        ratios.push(our_time.as_secs_f64() / plain_time.as_secs_f64());
        our_times.push(our_time.as_secs_f64() * 1e3 / 2.0);
        plain_times.push(plain_time.as_secs_f64() * 1e3 / 2.0);
    }
    Timing {
        ratio: Quartiles::of(ratios),
        our_millis: Quartiles::of(our_times).median,
        plain_millis: Quartiles::of(plain_times).median,
    }
}

/// Makes the documents, those of each struct in turn.
fn batch<T>(makers: &[Maker], make: fn(&Maker) -> fn() -> T) -> Duration {
    let start = Instant::now();
    for maker in makers.iter().cycle().take(DOCUMENTS) {
        black_box(black_box(make(maker))());
    }
    start.elapsed()
}

/// What a kind of document takes.
struct Timing {
    ratio: Quartiles,
    /// Of one batch.
    our_millis: f64,
    plain_millis: f64,
}

impl std::fmt::Display for Timing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Quartiles { lower, median, upper } = self.ratio;
        let (ours, plain) = (self.our_millis, self.plain_millis);
        write!(f, "{median:.3} (quartiles {lower:.3} to {upper:.3}; {ours:.2} of {plain:.2} ms)")
    }
}
