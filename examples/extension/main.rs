//! Calls an operation of a panel extension, which no schema of Plesk contains: its XML is derived from the types here.
//!
//! `cargo run --example extension` runs it with a simulated server that has such an extension.
//!
//! The fictional extension `git` has one operation. On the wire it is:
//!
//! ```xml
//! <extension><call>
//!   <git><fetch><domain>example.com</domain><branch>main</branch></fetch></git>
//! </call></extension>
//!
//! <extension><call><result>
//!   <status>ok</status>
//!   <git><commit id="4f2a">Fix the menu</commit><commit id="9c31">Add a map</commit></git>
//! </result></call></extension>
//! ```

use std::error::Error;

use plesk::wire::xml::Content;
use plesk::{Client, ErrorCode, Operation, Raw, SingleReply};
use plesk_sim::{Extension, Sim};

/// The request: what `<call>` contains.
///
/// Fetching twice has the effect of fetching once, so a client may repeat it.
#[derive(Content, Debug, Operation)]
#[xml(crate = plesk::wire)]
#[operation(path = "extension/call", reply = SingleReply<Option<Fetched>>, complete)]
#[operation(effect = Change, idempotency = Idempotent)]
struct FetchCall {
    #[xml(element = "git")]
    git: Git,
}

#[derive(Content, Debug)]
#[xml(crate = plesk::wire)]
struct Git {
    #[xml(element = "fetch")]
    fetch: Fetch,
}

#[derive(Content, Debug)]
#[xml(crate = plesk::wire)]
struct Fetch {
    #[xml(text = "domain")]
    domain: String,
    #[xml(text = "branch", min = 1)]
    branches: Vec<String>,
}

/// The data of a successful result.
#[derive(Content, Debug)]
#[xml(crate = plesk::wire)]
struct Fetched {
    #[xml(element = "git")]
    git: Commits,
}

#[derive(Content, Debug)]
#[xml(crate = plesk::wire)]
struct Commits {
    #[xml(element = "commit")]
    commits: Vec<Commit>,
}

/// An element with an attribute and a text.
#[derive(Content, Debug)]
#[xml(crate = plesk::wire)]
struct Commit {
    #[xml(attribute = "id")]
    id: String,
    #[xml(text_content)]
    message: String,
}

/// Creates the request for some branches of a domain.
fn fetch(domain: &str, branches: &[&str]) -> FetchCall {
    let branches = branches.iter().map(|branch| (*branch).to_owned()).collect();
    FetchCall { git: Git { fetch: Fetch { domain: domain.to_owned(), branches } } }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sim = start()?;
    let client =
        Client::builder(sim.url()).secret_key(sim.secret_key()).root_certificate(sim.certificate_pem()).build()?;

    let fetched = client.send(fetch("example.com", &["main"])).await??;
    for Commit { id, message } in fetched.git.commits {
        println!("{id}: {message}");
    }

    // The errors of the extension are faults, like those of Plesk's own operations.
    let Err(fault) = client.send(fetch("unknown.example", &["main"])).await? else { return Err("found".into()) };
    println!("{fault}");
    assert!(fault.code.is_some_and(ErrorCode::is_not_found));

    // The rules of the types are checked before anything is sent.
    let Err(error) = client.send(fetch("example.com", &[])).await else { return Err("sent".into()) };
    println!("{error}");
    assert!(matches!(error, plesk::Error::Invalid(_)));
    assert_eq!(sim.exchanges().len(), 2);
    Ok(())
}

/// Starts a simulated server with the extension.
fn start() -> std::io::Result<Sim> {
    let git = Extension::new(|call: &Raw| {
        if !call.as_xml().contains("<domain>example.com</domain>") {
            return Err((ErrorCode::NOT_FOUND, "No repository for this domain".to_owned()));
        }
        let commits = r#"<git><commit id="4f2a">Fix the menu</commit><commit id="9c31">Add a map</commit></git>"#;
        Ok(vec![Raw::new(commits).expect("well-formed XML")])
    });
    let sim = Sim::start()?;
    sim.state().extensions.insert("git".to_owned(), git);
    Ok(sim)
}

#[cfg(test)]
mod tests {
    #[test]
    fn example_runs() {
        super::main().unwrap();
    }
}
