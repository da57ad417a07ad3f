//! How many secrets of the labelled set are found, and how much that is none: by kind, with a bound on both.
//!
//! `PROVENIQ_LABELLED_SET=DIR` writes the set there, for `scripts/bench-scan` to try other scanners on it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use proveniq::event::SplitMix64;
use proveniq::scan::synthesise;

use crate::support::TestEnvironment;

/// Times that each line is filled in, each time with other secrets.
const ROUNDS: u64 = 5;
const LEAST_PRECISION: f64 = 0.97;
const LEAST_RECALL: f64 = 0.95;

/// A file of the set.
struct Sample {
    number: usize,
    holds_secret: bool,
    kind: String,
    path: String,
    content: Vec<u8>,
}

fn samples(rounds: u64) -> Vec<Sample> {
    let mut samples = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/secrets");
    for round in 0..rounds {
        for set in ["providers", "settings", "code", "placeholders"] {
            let lines = fs::read_to_string(folder.join(format!("{set}.txt"))).expect("set");
            for (line, text) in lines.lines().enumerate() {
                let (head, form) = text.split_once(" | ").expect("a line has a text");
                let [label, kind, path] = head.split(' ').collect::<Vec<_>>().try_into().expect("label, kind, path");
                let form =
                    form.replace("\\\\", "\u{1}").replace("\\n", "\n").replace("\\r", "\r").replace('\u{1}', "\\");
                let text = synthesise(&form, &mut SplitMix64::new(round * 1000 + line as u64 * 77 + 5));
                let wide = path.starts_with("utf16/");
                let content =
                    if wide { text.encode_utf16().flat_map(u16::to_le_bytes).collect() } else { text.into_bytes() };
                let (kind, path) = (kind.to_owned(), path.to_owned());
                samples.push(Sample { number: samples.len(), holds_secret: label == "T", kind, path, content });
            }
        }
    }
    samples
}

/// Each sample in a folder of its own, so that its name is its own.
fn write(samples: &[Sample], root: &Path) {
    for sample in samples {
        let path = root.join(format!("{:05}", sample.number)).join(&sample.path);
        fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        fs::write(path, &sample.content).expect("written");
    }
}

/// What was found of a kind: secrets, those that were missed, and what is none.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    found: usize,
    missed: usize,
    wrong: usize,
}

impl Tally {
    fn precision(self) -> f64 {
        ratio(self.found, self.found + self.wrong)
    }

    fn recall(self) -> f64 {
        ratio(self.found, self.found + self.missed)
    }
}

fn ratio(part: usize, all: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).expect("small"));
    if all == 0 { 1.0 } else { number(part) / number(all) }
}

#[test]
#[expect(clippy::print_stdout, reason = "the figures are what this test is read for")]
fn secrets_are_found_and_little_else() {
    if let Some(folder) = std::env::var_os("PROVENIQ_LABELLED_SET").map(PathBuf::from) {
        let samples = samples(1);
        write(&samples, &folder.join("set"));
        let label = |sample: &Sample| {
            format!("{:05} {} {}\n", sample.number, if sample.holds_secret { "T" } else { "F" }, sample.kind)
        };
        fs::write(folder.join("labels"), samples.iter().map(label).collect::<String>()).expect("labels");
    }
    let environment = TestEnvironment::new();
    let samples = samples(ROUNDS);
    write(&samples, &environment.work());
    let document = environment.run(&["scan", "--json"]).expect(1).json();
    let mut findings = vec![(0, 0); samples.len()];
    for finding in document["findings"].as_array().expect("findings") {
        let path = finding["path"].as_str().expect("path");
        let number: usize = path[..5].parse().expect("number");
        let (all, blocking) = &mut findings[number];
        *all += 1;
        *blocking += usize::from(finding["severity"] == "block");
    }
    let (mut kinds, mut all, mut blocking) = (BTreeMap::<_, Tally>::new(), Tally::default(), Tally::default());
    let mut told = Vec::new();
    for (sample, (count, blocks)) in samples.iter().zip(findings) {
        for (tally, count) in
            [(kinds.entry(&*sample.kind).or_default(), count), (&mut all, count), (&mut blocking, blocks)]
        {
            let expected = usize::from(sample.holds_secret);
            tally.found += count.min(expected);
            tally.missed += expected - count.min(expected);
            tally.wrong += count - count.min(expected);
        }
        if count != usize::from(sample.holds_secret) {
            told.push(format!(
                "{count} in {} of {}: {}",
                sample.path,
                sample.kind,
                String::from_utf8_lossy(&sample.content)
            ));
        }
    }
    for (kind, tally) in &kinds {
        println!("{kind:<12} precision {:.3} recall {:.3} {tally:?}", tally.precision(), tally.recall());
    }
    println!("all          precision {:.4} recall {:.4} {all:?}", all.precision(), all.recall());
    println!("block alone  precision {:.4} recall {:.4} {blocking:?}", blocking.precision(), blocking.recall());
    assert!(all.precision() >= LEAST_PRECISION && all.recall() >= LEAST_RECALL, "{all:?}\n{}", told.join("\n"));
    assert!(blocking.precision() >= LEAST_PRECISION, "{blocking:?}");
}
