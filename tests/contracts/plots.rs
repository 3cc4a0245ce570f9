//! `dice --plot`: charts that can be read by what reads SVG and PNG, with the words that make sense of them.

use crate::program::{self, Output};
use std::path::{Path, PathBuf};

fn dice(arguments: &[&str]) -> Output {
    program::run("dice", arguments, b"")
}

/// A path in a folder for this test alone.
fn file(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("plots");
    std::fs::create_dir_all(&folder).expect("the target directory can be written");
    folder.join(name)
}

/// The texts of the picture of an expression, and how many of each shape it has.
struct Picture {
    texts: Vec<String>,
    rectangles: usize,
    polygons: usize,
}

impl Picture {
    fn has(&self, text: &str) -> bool {
        self.texts.iter().any(|t| t == text)
    }
}

fn svg(name: &str, arguments: &[&str]) -> Picture {
    let path = file(name);
    let plain = dice(arguments);
    let plotted = dice(&[arguments, &["--plot", path.to_str().expect("UTF-8")]].concat());
    assert_eq!((plotted.status, plotted.stderr.as_str()), (0, ""), "{arguments:?}");
    assert_eq!(plotted.stdout, plain.stdout, "a plot changes nothing in what is printed");
    let source = std::fs::read_to_string(&path).expect("it was written");
    let document = roxmltree::Document::parse(&source).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.tag_name().name(), "svg");
    let size = |name| root.attribute(name).and_then(|n| n.parse::<f64>().ok()).expect("a size");
    let (width, height) = (size("width"), size("height"));
    let shapes = |name| root.descendants().filter(|node| node.has_tag_name(name)).count();
    for text in root.descendants().filter(|node| node.has_tag_name("text")) {
        let place = |name| text.attribute(name).and_then(|n| n.parse::<f64>().ok()).expect("a place");
        assert!((0.0..=width).contains(&place("x")) && (0.0..=height).contains(&place("y")), "inside");
    }
    let texts = root.descendants().filter(|node| node.has_tag_name("text"));
    Picture {
        texts: texts.filter_map(|node| node.text()).map(|text| text.trim().to_owned()).collect(),
        rectangles: shapes("rect"),
        polygons: shapes("polygon"),
    }
}

#[test]
fn a_bar_for_each_outcome_with_its_fraction() {
    let picture = svg("two.svg", &["2d6"]);
    for text in ["2d6", "outcome", "probability", "2", "7", "12", "1/36", "1/6"] {
        assert!(picture.has(text), "{text}: {:?}", picture.texts);
    }
    assert_eq!(picture.rectangles, 1 + 11, "the ground and the bars");
    // Steps, negative outcomes, one outcome, large outcomes.
    let picture = svg("thousands.svg", &["1000 * d6 - 4500"]);
    assert_eq!(picture.rectangles, 1 + 6);
    assert!(picture.has("-3500") && picture.has("1500") && !picture.has("-3000"), "{:?}", picture.texts);
    let picture = svg("constant.svg", &["5"]);
    assert!(picture.has("5") && picture.has("1") && picture.rectangles == 2, "{:?}", picture.texts);
    let picture = svg("far.svg", &["d2 + 9223372036854775805"]);
    assert!(picture.has("9223372036854775806") && picture.has("9223372036854775807"), "{:?}", picture.texts);
}

#[test]
fn many_outcomes_are_an_area() {
    let picture = svg("thousand.svg", &["d1000", "--exactly", "7"]);
    assert_eq!((picture.rectangles, picture.polygons), (1, 1));
    assert!(picture.has("200") && picture.has("1000") && picture.has("outcome"), "{:?}", picture.texts);
    // What is over 1/10000 of the largest probability: 3.5e3 +- 4.29 standard deviations of 54.
    let picture = svg("1000d6.svg", &["1000d6", "--format", "csv"]);
    let label = picture.texts.iter().find(|text| text.starts_with("outcome")).expect("a label");
    assert!(label.contains("from 3269 to 3731"), "{label}");
}

#[test]
fn two_expressions() {
    let picture = svg("compare.svg", &["2d6", "--compare", "d{1:1/2, 12:1/2}"]);
    assert!(picture.has("2d6 and d{1:1/2, 12:1/2}") && picture.has("2d6"), "{:?}", picture.texts);
}

#[test]
fn pixels() {
    let path = file("three.PNG");
    let output = dice(&["3d6", "--plot", path.to_str().expect("UTF-8")]);
    assert_eq!(output.status, 0, "{output:?}");
    let bytes = std::fs::read(path).expect("it was written");
    let picture = image::load_from_memory(&bytes).expect("a PNG").to_rgb8();
    assert_eq!(picture.dimensions(), (960, 540));
    let white = picture.pixels().filter(|pixel| pixel.0 == [255; 3]).count();
    let blue = picture.pixels().filter(|pixel| pixel.0 == [0, 114, 178]).count();
    let all = 960 * 540;
    assert!(white > all / 2 && blue > all / 10, "{white} white and {blue} blue of {all}");
}

#[test]
fn refusals() {
    for name in ["plot.pdf", "plot", "svg", ""] {
        let output = dice(&["d6", "--plot", name]);
        assert_eq!((output.status, output.stdout.as_str()), (2, ""), "{name}");
        assert!(output.stderr.contains("ends neither in .svg nor in .png"), "{}", output.stderr);
    }
    assert_eq!(dice(&["d6", "--plot"]).status, 2);
    assert_eq!(dice(&["d6", "--plot", "a.svg", "--plot", "b.svg"]).status, 2);
    let path = file("no/such/folder.svg");
    let output = dice(&["d6", "--plot", path.to_str().expect("UTF-8")]);
    assert_eq!((output.status, output.stdout.as_str()), (1, ""));
    assert!(output.stderr.starts_with("error: cannot write "), "{}", output.stderr);
    // A wrong expression leaves no picture.
    let path = file("wrong.svg");
    assert_eq!(dice(&["d6 +", "--plot", path.to_str().expect("UTF-8")]).status, 1);
    assert!(!path.exists());
}
