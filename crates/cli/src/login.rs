//! `plesk login`: tries a connection, and stores it as a profile.

use std::io::{self, IsTerminal, Write};

use plesk::{Error, RawPacket};

use crate::arguments::Login;
use crate::output;
use crate::prompt;
use crate::servers::config::{self, Profile};
use crate::servers::{Credentials, Server};
use crate::status::Status;
use crate::text::printable;

/// A request that everybody may send, and that changes nothing.
const PROBE: &str = "<packet><server><get_protos/></server></packet>";

/// Tries a connection, and stores it as a profile.
pub(crate) fn login(out: &mut impl Write, arguments: &Login) -> io::Result<Status> {
    match try_login(arguments) {
        Ok(message) => writeln!(out, "{message}").map(|()| Status::Success),
        Err(problem) => {
            output::error(&problem);
            Ok(Status::Failed)
        }
    }
}

fn try_login(arguments: &Login) -> Result<String, String> {
    let mut profile = Profile {
        url: arguments.server.clone(),
        login: arguments.login.clone(),
        password_command: arguments.password_command.clone(),
        secret_key_command: arguments.secret_key_command.clone(),
        pin: arguments.pin.clone(),
        ca: arguments.ca.clone(),
        ..Profile::default()
    };
    // The profile is used from any directory.
    let directory = std::env::current_dir().map_err(|error| format!("there is no current directory: {error}"))?;
    profile.resolve_files(&directory);
    let from_command = profile.password_command.is_some() || profile.secret_key_command.is_some();
    let credentials = match (from_command, &arguments.login) {
        (true, _) => Credentials::of_profile(&arguments.name, &profile)?,
        (false, Some(login)) => match std::env::var("PLESK_PASSWORD").ok().filter(|text| !text.is_empty()) {
            Some(password) => Credentials::Password { login: login.clone(), password },
            None => Credentials::asked_for(login, &profile.url)?,
        },
        (false, None) => match std::env::var("PLESK_SECRET_KEY").ok().filter(|text| !text.is_empty()) {
            Some(key) => Credentials::SecretKey(key),
            None => Credentials::SecretKey(prompt::secret(&format!("Secret key for {}: ", profile.url))?),
        },
    };
    let mut server = Server {
        name: arguments.name.clone(),
        url: profile.url.clone(),
        credentials,
        pin: profile.pin.clone(),
        ca: profile.ca.clone(),
    };
    match probe(&server)? {
        Ok(()) => {}
        Err(Error::Tls { certificate_sha256: Some(fingerprint), host, .. }) if server.pin.is_none() => {
            if !is_trusted(&host, &fingerprint) {
                return Err(format!(
                    "the certificate of {} is signed by no known authority, and was not trusted; nothing was stored. Its SHA-256 \
                     fingerprint is {fingerprint}; if the server has the same one, give it with --pin",
                    printable(&host)
                ));
            }
            server.pin = Some(fingerprint.clone());
            profile.pin = Some(fingerprint);
            probe(&server)?.map_err(|error| printable(&error.to_string()).into_owned())?;
        }
        Err(error) => return Err(printable(&error.to_string()).into_owned()),
    }
    if !from_command {
        match &server.credentials {
            Credentials::SecretKey(key) => profile.secret_key = Some(key.clone()),
            Credentials::Password { password, .. } => profile.password = Some(password.clone()),
        }
    }
    let path = config::store(&arguments.name, &profile)?;
    Ok(format!("Connected to {}, and stored it as the profile {} in {}", server.url, arguments.name, path.display()))
}

/// Tries the connection. The outer error is about a setting, the inner one about the connection.
fn probe(server: &Server) -> Result<Result<(), Error>, String> {
    let client = server.client(None, 1)?;
    Ok(client.send_raw(RawPacket::new(PROBE)).map(drop))
}

fn is_trusted(host: &str, fingerprint: &str) -> bool {
    if !io::stdin().is_terminal() {
        return false;
    }
    let host = printable(host);
    prompt::confirm(&format!(
        "The certificate of {host} is signed by no known authority. Its SHA-256 fingerprint is\n  {fingerprint}\nCompare it \
         with the certificate on the server. If you go on, only this certificate is accepted from now on."
    ))
}
