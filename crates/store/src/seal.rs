//! Sealing what is personal at rest, and finding it again without opening it.
//!
//! A sealed value is `version (1) | key id (4) | nonce (12) | ciphertext and tag`, AES-256-GCM-SIV (RFC 8452), bound
//! to its table, column and row: moved elsewhere it does not open.

use aes_gcm_siv::aead::{Aead, Payload};
use aes_gcm_siv::{Aes256GcmSiv, KeyInit, Nonce};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::keys::mac;
use crate::{Error, Keys};

const VERSION: u8 = 1;
const KEY_ID: std::ops::Range<usize> = 1..5;
const NONCE: std::ops::Range<usize> = 5..17;

impl Keys {
    /// Seals a value for one place.
    #[must_use]
    pub fn seal(&self, table: &str, column: &str, row: Uuid, plaintext: &[u8]) -> Vec<u8> {
        let nonce: [u8; 12] = rand::random();
        let place = place(table, column, row);
        let ciphertext = self
            .cipher()
            .encrypt(&Nonce::from(nonce), Payload { msg: plaintext, aad: &place })
            .expect("a field is far below the cipher's limit of 2^36 bytes");
        [&[VERSION][..], &self.id(), &nonce, &ciphertext].concat()
    }

    /// Opens what was sealed for this place; [`Error::Corrupt`] names the place when it does not open.
    pub fn unseal(&self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Error> {
        self.open_sealed(&place(table, column, row), sealed).ok_or_else(|| Error::corrupt(table, column, row))
    }

    /// The blind index of a normalised value: equal values of one column are equal, nothing else can be told.
    #[must_use]
    pub fn blind(&self, column: &str, normalised: &str) -> [u8; 32] {
        mac(&self.derive(&format!("blind:{column}")), normalised.as_bytes())
    }

    fn open_sealed(&self, place: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let nonce: [u8; 12] = sealed.get(NONCE)?.try_into().ok()?;
        if sealed[0] != VERSION || sealed[KEY_ID] != self.id() {
            return None;
        }
        let payload = Payload { msg: &sealed[NONCE.end..], aad: place };
        self.cipher().decrypt(&Nonce::from(nonce), payload).ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> Aes256GcmSiv {
        Aes256GcmSiv::new(self.sealing().into())
    }
}

/// The place as associated data; lengths first, so that no two places read the same.
fn place(table: &str, column: &str, row: Uuid) -> Vec<u8> {
    let length = |text: &str| u32::try_from(text.len()).expect("names are short").to_be_bytes();
    [&length(table)[..], table.as_bytes(), &length(column), column.as_bytes(), row.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::{Keys, NONCE};
    use uuid::Uuid;

    const ROW: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn keys() -> Keys {
        Keys::from_bytes([7; 32])
    }

    #[test]
    fn opens_in_its_own_place_and_nowhere_else() {
        let sealed = keys().seal("arrival", "name", ROW, b"planted");
        assert_eq!(&**keys().unseal("arrival", "name", ROW, &sealed).unwrap(), b"planted");
        for (table, column, row) in [("arrival", "name", OTHER), ("arrival", "phone", ROW), ("party", "name", ROW)] {
            assert!(keys().unseal(table, column, row, &sealed).is_err());
        }
        assert!(keys().unseal("arrivalname", "", ROW, &sealed).is_err());
        assert!(Keys::from_bytes([8; 32]).unseal("arrival", "name", ROW, &sealed).is_err());
    }

    #[test]
    fn every_changed_byte_and_every_cut_is_found() {
        let sealed = keys().seal("arrival", "name", ROW, b"planted");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(keys().unseal("arrival", "name", ROW, &changed).is_err(), "byte {at}");
            assert!(keys().unseal("arrival", "name", ROW, &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let (one, two) = (keys().seal("t", "c", ROW, b"same"), keys().seal("t", "c", ROW, b"same"));
        assert_ne!(one[NONCE.end..], two[NONCE.end..]);
    }

    #[test]
    fn a_blind_index_is_stable_by_column_and_key() {
        let index = keys().blind("document", "CHN:E12345678");
        assert_eq!(index, keys().blind("document", "CHN:E12345678"));
        assert_ne!(index, keys().blind("phone", "CHN:E12345678"));
        assert_ne!(index, keys().blind("document", "CHN:E12345679"));
        assert_ne!(index, Keys::from_bytes([8; 32]).blind("document", "CHN:E12345678"));
    }

    #[test]
    fn debug_tells_nothing() {
        assert_eq!(format!("{:?}", keys()), "Keys(..)");
    }
}
