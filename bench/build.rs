//! Looks for libxml2, which is a yardstick where it is installed.

fn main() {
    if pkg_config::probe_library("libxml-2.0").is_ok() {
        println!("cargo::rustc-cfg=libxml2");
    }
}
