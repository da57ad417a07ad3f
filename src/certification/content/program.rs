//! Programs, and content that nobody can read, by the first bytes.

/// Endings of media that a reader can open, and that cannot run.
const MEDIA: &[&str] = &[
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "svg", "woff", "woff2", "ttf", "otf", "eot", "pdf",
    "mp4", "webm", "mp3", "wav", "ogg",
];

/// The format of a program.
pub(in crate::certification) fn program(head: &[u8]) -> Option<&'static str> {
    match head {
        [0x7f, b'E', b'L', b'F', ..] => Some("ELF"),
        [0x00, b'a', b's', b'm', ..] => Some("WebAssembly"),
        [0xfe, 0xed, 0xfa, 0xce | 0xcf, ..] | [0xce | 0xcf, 0xfa, 0xed, 0xfe, ..] => Some("Mach-O"),
        [0xca, 0xfe, 0xba, 0xbe, ..] => Some("Mach-O or Java"),
        [b'd', b'e', b'x', b'\n', ..] => Some("Dalvik"),
        [b'M', b'Z', ..] if is_portable_executable(head) => Some("PE"),
        _ => None,
    }
}

/// `MZ` alone begins many a text; the header that it points at does not.
fn is_portable_executable(head: &[u8]) -> bool {
    let Some(at) = head.get(0x3c..0x40).and_then(|bytes| bytes.try_into().ok()).map(u32::from_le_bytes) else {
        return false;
    };
    let header = usize::try_from(at).ok().and_then(|at| head.get(at..at.checked_add(4)?));
    header == Some(b"PE\0\0") || head.get(2..0x3c).is_some_and(|dos| dos.contains(&0)) && header.is_none()
}

/// Whether a file is binary and no medium: an archive, a database, a model.
pub(in crate::certification) fn is_opaque(path: &str, head: &[u8]) -> bool {
    let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
    let is_utf16 = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
    let is_packed = matches!(head, [0x1f, 0x8b, ..] | [b'P', b'K', 3 | 5, 4 | 6, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..]);
    let is_binary = is_packed || head.iter().take(8192).any(|byte| *byte == 0);
    is_binary && !is_utf16 && !MEDIA.contains(&ending.as_str())
}
