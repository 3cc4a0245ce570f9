//! A picture from nothing to a file, and writing on it.

use super::backend::Backend;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use plotters::backend::{BitMapBackend, SVGBackend};
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, RGBColor, TextStyle, register_font};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

pub(crate) use plotters::style::{BLACK, WHITE};

pub(crate) type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;
pub(crate) type Canvas<'a> = DrawingArea<Backend<'a>, Shift>;

// Colours that remain apart in grey and for the colour-blind (Okabe and Ito, 2008).
pub(crate) const BLUE: RGBColor = RGBColor(0, 114, 178);
pub(crate) const ORANGE: RGBColor = RGBColor(230, 159, 0);
pub(crate) const GREEN: RGBColor = RGBColor(0, 158, 115);
pub(crate) const RED: RGBColor = RGBColor(213, 94, 0);
pub(crate) const SKY: RGBColor = RGBColor(86, 180, 233);
pub(crate) const GREY: RGBColor = RGBColor(120, 120, 120);
pub(crate) const PALE: RGBColor = RGBColor(235, 235, 235);

/// The name under which the font is known here, and after it what a viewer of an SVG may have instead.
pub(crate) const FONT: &str = "DejaVu Sans, Verdana, sans-serif";

fn prepare_font() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let bytes = include_bytes!("../data/font/DejaVuSans.ttf");
        assert!(register_font(FONT, FontStyle::Normal, bytes).is_ok(), "the font is one");
    });
}

fn painted(backend: Backend<'_>, paint: impl FnOnce(&Canvas) -> Result) -> Result {
    prepare_font();
    let canvas = backend.into_drawing_area();
    paint(&canvas)?;
    Ok(canvas.present()?)
}

/// Paint on white.
fn on_white(paint: impl FnOnce(&Canvas) -> Result) -> impl FnOnce(&Canvas) -> Result {
    |canvas| {
        canvas.fill(&WHITE)?;
        paint(canvas)
    }
}

/// The text of an SVG, on nothing.
fn svg(size: (u32, u32), paint: impl FnOnce(&Canvas) -> Result) -> Result<String> {
    let mut text = String::new();
    painted(Backend::Svg(SVGBackend::with_string(&mut text, size)), paint)?;
    Ok(text)
}

/// The bytes of a PNG.
fn png((width, height): (u32, u32), paint: impl FnOnce(&Canvas) -> Result) -> Result<Vec<u8>> {
    let mut pixels = vec![0; 3 * width as usize * height as usize];
    painted(Backend::Bitmap(BitMapBackend::with_buffer(&mut pixels, (width, height))), paint)?;
    let mut file = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut file, CompressionType::Best, FilterType::Adaptive);
    encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8)?;
    Ok(file)
}

/// The kinds of pictures that there are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kind {
    Svg,
    Png,
}

impl Kind {
    /// What the name of a file ends in says which kind it is.
    pub(crate) fn of(path: &Path) -> Option<Kind> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "svg" => Some(Kind::Svg),
            "png" => Some(Kind::Png),
            _ => None,
        }
    }

    /// The bytes of a picture of this kind.
    pub(crate) fn paint(self, size: (u32, u32), paint: impl FnOnce(&Canvas) -> Result) -> Result<Vec<u8>> {
        match self {
            Kind::Svg => svg(size, on_white(paint)).map(String::into_bytes),
            Kind::Png => png(size, on_white(paint)),
        }
    }
}

/// Draws a picture of the gallery.
pub(crate) fn picture(name: &str, size: (u32, u32), paint: impl FnOnce(&Canvas) -> Result) -> Result {
    let kind = Kind::of(Path::new(name)).expect("the gallery has SVG and PNG");
    save(name, &kind.paint(size, paint)?)
}

/// Draws frames that follow each other within so many seconds, over a ground that stays: an SVG that moves. Who shows it without
/// movement shows the frame in the middle.
pub(crate) fn animation(
    name: &str,
    size: (u32, u32),
    seconds: u32,
    ground: impl FnOnce(&Canvas) -> Result,
    frames: u32,
    frame: impl Fn(u32, &Canvas) -> Result,
) -> Result {
    let ground = svg(size, on_white(ground))?;
    let mut file = ground.trim_end().strip_suffix("</svg>").expect("an SVG ends so").to_owned();
    for k in 0..frames {
        let state = if k == frames / 2 { "visible" } else { "hidden" };
        let time = |k: u32| f64::from(k) / f64::from(frames);
        file += &format!(
            "<g visibility=\"{state}\"><animate attributeName=\"visibility\" calcMode=\"discrete\" \
             values=\"hidden;visible;hidden\" keyTimes=\"0;{:.4};{:.4}\" dur=\"{seconds}s\" \
             repeatCount=\"indefinite\"/>\n{}</g>\n",
            time(k),
            time(k + 1),
            svg(size, |canvas| frame(k, canvas))?
        );
    }
    file += "</svg>\n";
    save(name, file.as_bytes())
}

/// Writes a file of the gallery: into the folder that the program is given, or `gallery` in the target directory.
pub(crate) fn save(name: &str, bytes: &[u8]) -> Result {
    let folder = match std::env::args_os().nth(1) {
        Some(folder) => PathBuf::from(folder),
        // The program itself is target/PROFILE/examples/NAME.
        None => std::env::current_exe()?.ancestors().nth(3).unwrap_or(Path::new(".")).join("gallery"),
    };
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes).map_err(|error| format!("cannot write {name}: {error}"))?;
    println!("drew {name}");
    Ok(())
}

/// Where a text stands relative to its point.
pub(crate) const LEFT: Pos = Pos { h_pos: HPos::Left, v_pos: VPos::Center };
pub(crate) const CENTRE: Pos = Pos { h_pos: HPos::Center, v_pos: VPos::Center };
pub(crate) const RIGHT: Pos = Pos { h_pos: HPos::Right, v_pos: VPos::Center };
pub(crate) const ABOVE: Pos = Pos { h_pos: HPos::Center, v_pos: VPos::Bottom };

pub(crate) fn style(size: i32, colour: RGBColor, place: Pos) -> TextStyle<'static> {
    TextStyle { font: (FONT, size).into_font(), color: colour.to_backend_color(), pos: place }
}

/// Writes one line.
pub(crate) fn text(
    canvas: &Canvas,
    at: (i32, i32),
    words: &str,
    size: i32,
    colour: RGBColor,
    place: Pos,
) -> Result {
    Ok(canvas.draw_text(words, &style(size, colour, place), at)?)
}

/// The width of a line in pixels.
pub(crate) fn width(canvas: &Canvas, words: &str, size: i32) -> Result<u32> {
    Ok(canvas.estimate_text_size(words, &style(size, BLACK, LEFT))?.0)
}

/// As much of a line as fits, with an ellipsis where some is missing.
pub(crate) fn fitting(canvas: &Canvas, words: &str, size: i32, room: u32) -> Result<String> {
    if width(canvas, words, size)? <= room {
        return Ok(words.to_owned());
    }
    let letters: Vec<char> = words.chars().collect();
    let (mut fits, mut too_long) = (0, letters.len());
    let cut = |n: usize| letters[..n].iter().collect::<String>() + "…";
    while too_long - fits > 1 {
        let middle = (fits + too_long) / 2;
        if width(canvas, &cut(middle), size)? <= room { fits = middle } else { too_long = middle }
    }
    Ok(cut(fits))
}
