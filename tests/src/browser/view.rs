//! How a person looks at the product: the size of the device, fingers or a mouse, the language, day or night.

/// The two languages of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese, `zh-CN`.
    Chinese,
    /// English, `en`.
    English,
}

impl Language {
    /// The BCP 47 tag that the browser asks for.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Chinese => "zh-CN",
            Self::English => "en",
        }
    }
}

/// A device and its settings. Start from a device and change what the test is about.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// Width of the page in CSS pixels.
    pub width: u32,
    /// Height of the page in CSS pixels.
    pub height: u32,
    /// Fingers instead of a mouse; also switches the viewport to a mobile one.
    pub touch: bool,
    /// What the person reads.
    pub language: Language,
    /// `prefers-color-scheme: dark`.
    pub dark: bool,
}

impl View {
    /// The duty officer's tablet, lying on the desk.
    #[must_use]
    pub const fn tablet() -> Self {
        Self::new(1180, 820, true)
    }

    /// The escort's or the squad's phone.
    #[must_use]
    pub const fn phone() -> Self {
        Self::new(390, 844, true)
    }

    /// The dispatcher's screen.
    #[must_use]
    pub const fn desktop() -> Self {
        Self::new(1440, 900, false)
    }

    /// The board on the committee's wall.
    #[must_use]
    pub const fn wall() -> Self {
        Self::new(1920, 1080, false)
    }

    /// Another device; Chinese and light until said otherwise.
    #[must_use]
    pub const fn new(width: u32, height: u32, touch: bool) -> Self {
        Self { width, height, touch, language: Language::Chinese, dark: false }
    }

    /// The same device in another language.
    #[must_use]
    pub const fn language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The same device at night.
    #[must_use]
    pub const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }
}
