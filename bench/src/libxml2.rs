//! libxml2, with which servers validate: a tree that is validated, and validation while streaming.

use std::ffi::{CString, c_char, c_int, c_void};
use std::path::Path;
use std::ptr::{null, null_mut};

#[link(name = "xml2")]
unsafe extern "C" {
    fn xmlSchemaNewParserCtxt(url: *const c_char) -> *mut c_void;
    fn xmlSchemaParse(context: *mut c_void) -> *mut c_void;
    fn xmlSchemaFreeParserCtxt(context: *mut c_void);
    fn xmlSchemaFree(schema: *mut c_void);
    fn xmlSchemaNewValidCtxt(schema: *mut c_void) -> *mut c_void;
    fn xmlSchemaFreeValidCtxt(context: *mut c_void);
    fn xmlSchemaValidateDoc(context: *mut c_void, document: *mut c_void) -> c_int;
    fn xmlReadMemory(
        bytes: *const c_char,
        size: c_int,
        url: *const c_char,
        encoding: *const c_char,
        options: c_int,
    ) -> *mut c_void;
    fn xmlFreeDoc(document: *mut c_void);
    fn xmlReaderForMemory(
        bytes: *const c_char,
        size: c_int,
        url: *const c_char,
        encoding: *const c_char,
        options: c_int,
    ) -> *mut c_void;
    fn xmlTextReaderSetSchema(reader: *mut c_void, schema: *mut c_void) -> c_int;
    fn xmlTextReaderRead(reader: *mut c_void) -> c_int;
    fn xmlTextReaderIsValid(reader: *mut c_void) -> c_int;
    fn xmlFreeTextReader(reader: *mut c_void);
}

/// Lifts the limits on the size of texts, and lets no network be used.
const OPTIONS: c_int = (1 << 19) | (1 << 11);

/// A compiled schema.
pub struct Schema(*mut c_void);

impl Schema {
    /// Compiles a schema file. Returns `None` if libxml2 refuses it.
    pub fn compile(file: &Path) -> Option<Self> {
        let url = CString::new(file.to_str()?).ok()?;
        // SAFETY: the text ends with NUL and outlives the context, which is freed once, after its use.
        let schema = unsafe {
            let context = xmlSchemaNewParserCtxt(url.as_ptr());
            let schema = xmlSchemaParse(context);
            xmlSchemaFreeParserCtxt(context);
            schema
        };
        (!schema.is_null()).then_some(Self(schema))
    }

    /// Parses a document into a tree and validates it.
    pub fn accepts(&self, document: &[u8]) -> bool {
        let Ok(size) = c_int::try_from(document.len()) else { return false };
        // SAFETY: the bytes outlive the tree; the tree and the context are freed once, after their use.
        unsafe {
            let tree = xmlReadMemory(document.as_ptr().cast(), size, null(), null(), OPTIONS);
            if tree.is_null() {
                return false;
            }
            let context = xmlSchemaNewValidCtxt(self.0);
            let result = xmlSchemaValidateDoc(context, tree);
            xmlSchemaFreeValidCtxt(context);
            xmlFreeDoc(tree);
            result == 0
        }
    }

    /// Validates a document while it is read, without a tree.
    pub fn accepts_streaming(&self, document: &[u8]) -> bool {
        let Ok(size) = c_int::try_from(document.len()) else { return false };
        // SAFETY: the bytes and the schema outlive the reader, which is freed once, after its use.
        unsafe {
            let reader = xmlReaderForMemory(document.as_ptr().cast(), size, null(), null(), OPTIONS);
            if reader.is_null() || xmlTextReaderSetSchema(reader, self.0) != 0 {
                xmlFreeTextReader(reader);
                return false;
            }
            let mut more = 1;
            while more == 1 {
                more = xmlTextReaderRead(reader);
            }
            let valid = more == 0 && xmlTextReaderIsValid(reader) == 1;
            xmlFreeTextReader(reader);
            valid
        }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        // SAFETY: the schema is freed once, and nothing uses it any more.
        unsafe { xmlSchemaFree(std::mem::replace(&mut self.0, null_mut())) }
    }
}
