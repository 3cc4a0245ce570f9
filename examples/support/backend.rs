//! One type for the two kinds of pictures, so that what draws need not be generic.

use plotters::backend::{BitMapBackend, SVGBackend};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use std::error::Error;
use std::io;

pub(crate) enum Backend<'a> {
    Svg(SVGBackend<'a>),
    Bitmap(BitMapBackend<'a>),
}

type Outcome<T = ()> = Result<T, DrawingErrorKind<io::Error>>;

fn common<T, E: Error + Send + Sync + 'static>(result: Result<T, DrawingErrorKind<E>>) -> Outcome<T> {
    result.map_err(|error| match error {
        DrawingErrorKind::DrawingError(error) => DrawingErrorKind::DrawingError(io::Error::other(error)),
        DrawingErrorKind::FontError(error) => DrawingErrorKind::FontError(error),
    })
}

macro_rules! either {
    ($self:ident, $backend:ident => $call:expr) => {
        match $self {
            Backend::Svg($backend) => common($call),
            Backend::Bitmap($backend) => common($call),
        }
    };
}

impl DrawingBackend for Backend<'_> {
    type ErrorType = io::Error;

    fn get_size(&self) -> (u32, u32) {
        match self {
            Backend::Svg(backend) => backend.get_size(),
            Backend::Bitmap(backend) => backend.get_size(),
        }
    }

    fn ensure_prepared(&mut self) -> Outcome {
        either!(self, backend => backend.ensure_prepared())
    }

    fn present(&mut self) -> Outcome {
        either!(self, backend => backend.present())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Outcome {
        either!(self, backend => backend.draw_pixel(point, color))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        either!(self, backend => backend.draw_line(from, to, style))
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        either!(self, backend => backend.draw_rect(upper_left, bottom_right, style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Outcome {
        either!(self, backend => backend.draw_path(path, style))
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Outcome {
        either!(self, backend => backend.draw_circle(center, radius, style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Outcome {
        either!(self, backend => backend.fill_polygon(corners, style))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, pos: BackendCoord) -> Outcome {
        either!(self, backend => backend.draw_text(text, style, pos))
    }
}
