//! The file around a report: its head, its policy, its landmarks.

use sha2::{Digest, Sha256};

use super::text;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What a file is made of.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    /// The title of the window.
    pub title: &'a str,
    /// What stands in the header, as HTML.
    pub header: String,
    /// What stands in the main part, as HTML.
    pub main: String,
    /// What stands in the footer, as HTML.
    pub footer: String,
    /// What the script works on, as JSON; without it there is no script.
    pub model: Option<String>,
}

/// The whole file.
pub fn page(page: &Page<'_>) -> String {
    let script = page.model.as_ref().map_or(String::new(), |model| {
        // Inside a script element nothing but `</script` and `<!--` can end or open anything.
        let model = model.replace('<', "\\u003c");
        format!(
            "<script type=\"application/json\" id=\"model\">{model}</script>\n<script>{SCRIPT}</script>\n"
        )
    });
    let allowed = if page.model.is_some() {
        format!("script-src '{}'; ", digest(SCRIPT))
    } else {
        String::new()
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; {allowed}\
         base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"mesh-advisor {}\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header>\n{}</header>\n<main id=\"main\">\n{}</main>\n<footer>\n{}</footer>\n{script}</body>\n</html>\n",
        digest(STYLE),
        env!("CARGO_PKG_VERSION"),
        text(page.title),
        page.header,
        page.main,
        page.footer,
    )
}

/// The digest of a text as a content policy names it.
fn digest(content: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(content.as_bytes())))
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let at = |nth: usize| u32::from(chunk.get(nth).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for nth in 0..4 {
            let six = (bits >> (18 - 6 * nth)) & 63;
            let letter = ALPHABET.get(six as usize).copied().unwrap_or(b'=');
            out.push(if nth > chunk.len() {
                '='
            } else {
                char::from(letter)
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let cases = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, expected) in cases {
            assert_eq!(base64(plain.as_bytes()), expected);
        }
    }

    #[test]
    fn nothing_in_the_model_ends_the_script_that_holds_it() {
        let file = page(&Page {
            title: "</title><script>alert(1)</script>",
            header: String::new(),
            main: String::new(),
            footer: String::new(),
            model: Some(r#"{"a":"</script><!--<script>"}"#.to_owned()),
        });
        assert_eq!(file.matches("</script>").count(), 2);
        assert!(file.contains(r#"{"a":"\u003c/script>"#), "{file}");
        assert!(file.contains("&lt;/title&gt;"));
    }
}
