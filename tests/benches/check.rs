//! `check` of 100 triggers of 8 fields, against a folder of what is published.
//!
//! `cargo bench -p trigger-tests --bench check`. Everything that a check does is timed, but for the
//! start of the program: the settings and the records are read from the disk, the documents made
//! and compared, the report written. Once nothing differs, and once every trigger has three edits.
//! With `--profile dev`, as `cargo xtask check` is compiled.
//!
//! Without `--bench` among the arguments, as `cargo test --all-targets` runs it, nothing is timed.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use trigger_core::Trigger;
use trigger_core::schema::TriggerSpec;
use trigger_tests::Quartiles;
use trigger_xtask::{Check, MarkPublished, Outcome};

/// In milliseconds.
const LIMIT: f64 = 50.0;
const ROUNDS: usize = 40;

macro_rules! structs {
    ($($module:ident $key:literal)*) => {
        $(mod $module {
            use serde::Serialize;
            use trigger_core::Trigger;

            /// An invoice is about to be due.
            #[derive(Serialize, Trigger)]
            #[serde(rename_all = "camelCase")]
            #[trigger(
                key = $key,
                name = "Invoice due",
                scheduled_at = due_at,
                contact = contact_id,
                entity_id = invoice_id,
            )]
            pub(super) struct InvoiceDue {
                invoice_id: uuid::Uuid,
                due_at: jiff::Timestamp,
                contact_id: uuid::Uuid,
                /// The number printed on the invoice.
                #[trigger(title = "Invoice number", example = "INV-0042")]
                number: String,
                #[trigger(format = "email", example = "ada@example.com")]
                email: Option<String>,
                amount: f64,
                count: u32,
                paid: bool,
            }
        })*

        fn triggers() -> Vec<&'static TriggerSpec> {
            vec![$($module::InvoiceDue::SPEC),*]
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

#[derive(Parser)]
struct CheckArguments {
    #[command(flatten)]
    check: Check,
}

#[derive(Parser)]
struct MarkArguments {
    #[command(flatten)]
    mark: MarkPublished,
}

fn main() -> ExitCode {
    let triggers = triggers();
    let root = std::env::temp_dir().join(format!("check-bench-{}", std::process::id()));
    let published = root.join("schemas/published");
    let out = published.display().to_string();
    let mark = MarkArguments::parse_from(["mark-published", "--all", "--out", &out]).mark;
    let outcome = mark.run_on(&triggers, &mut Vec::new(), &mut Vec::new()).expect("it runs");
    assert_eq!(outcome, Outcome::Success);
    let is_timed = std::env::args().any(|argument| argument == "--bench");
    let rounds = if is_timed { ROUNDS } else { 1 };
    let same = time(&triggers, &root, Outcome::Success, rounds);
    edit_all(&published);
    let edited = time(&triggers, &root, Outcome::Findings, rounds);
    fs::remove_dir_all(&root).expect("a folder");
    if !is_timed {
        return ExitCode::SUCCESS;
    }
    println!("{} triggers of 8 fields, {ROUNDS} rounds", triggers.len());
    let within = same.median.max(edited.median) <= LIMIT;
    for (name, millis) in [("nothing differs", same), ("three edits each", edited)] {
        let Quartiles { lower, median, upper } = millis;
        println!("{name}: {median:.1} ms (quartiles {lower:.1} to {upper:.1})");
    }
    println!("{} the limit of {LIMIT:.0} ms", if within { "within" } else { "OVER" });
    if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Renames a property and changes a title, in every record: one is gone, one new, one title another.
fn edit_all(published: &Path) {
    for entry in fs::read_dir(published).expect("a folder") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("a record");
        let text = text.replace("\"count\"", "\"pages\"").replace("Invoice number", "Number");
        fs::write(path, text).expect("a record");
    }
}

fn time(
    triggers: &[&'static TriggerSpec],
    root: &Path,
    expected: Outcome,
    rounds: usize,
) -> Quartiles {
    let check = CheckArguments::parse_from(["check"]).check;
    let millis = (0..rounds).map(|_| {
        let start = Instant::now();
        let outcome = check.run_on(triggers, root, &mut Vec::new(), &mut Vec::new());
        let millis = start.elapsed().as_secs_f64() * 1e3;
        assert_eq!(outcome.expect("it runs"), expected);
        millis
    });
    Quartiles::of(millis.collect())
}
