//! The command line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Works with the Plesk XML API: describes its operations, sends them, and checks packets.
#[derive(Parser)]
#[command(name = "plesk", version, max_term_width = 80)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colors. By default on a terminal, unless NO_COLOR is set.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN", hide_default_value = true)]
    pub(crate) color: Color,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

impl Color {
    /// Returns the last `--color` of a command line, so that it counts for errors in the command line too.
    pub(crate) fn of_command_line(arguments: impl Iterator<Item = OsString>) -> Self {
        let mut color = Self::Auto;
        let mut is_value = false;
        for argument in arguments.skip(1).take_while(|argument| argument != "--") {
            let argument = argument.to_string_lossy();
            let value = if is_value { Some(&*argument) } else { argument.strip_prefix("--color=") };
            color = value.and_then(|value| Self::from_str(value, false).ok()).unwrap_or(color);
            is_value = argument == "--color";
        }
        color
    }
}

impl From<Color> for clap::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

impl From<Color> for anstream::ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Describe operators and operations: elements, errors, examples.
    ///
    /// Exit status: 0 if there is a description, 1 if the search finds nothing, 2 if there is no such operation.
    Describe(Describe),
    /// Send an operation to a server, or to many.
    #[command(after_long_help = SEND_HELP)]
    Send(Send),
    /// Try a connection, and store it as a profile.
    ///
    /// Asks for the secret key, or with --login for the password, unless PLESK_SECRET_KEY or PLESK_PASSWORD has it. If
    /// the certificate of the server is signed by no known authority, shows its fingerprint and asks whether to pin it.
    ///
    /// The profile is stored in a file that only you can read: PLESK_CONFIG, or plesk/config.toml in your configuration
    /// directory. With a command that prints the secret, the command is stored instead of the secret.
    ///
    /// Exit status: 0 if the profile is stored, 2 if not.
    Login(Login),
    /// Start a simulated Plesk to try commands on.
    ///
    /// Prints a line for the shell that lets `plesk send` find it, and runs until it is stopped with Ctrl-C. Nothing outside
    /// of it is changed.
    Sim(Simulate),
    /// Check whether packets are valid, and list every violation.
    ///
    /// Prints `FILE: valid`, or one line for each violation: line, column, path, what is wrong and what to do about it.
    /// Secrets are never shown.
    ///
    /// Exit status: 0 if all packets are valid, 1 if some are not, 2 if a file cannot be read.
    Check(Check),
    /// Format packets: indent them and convert them to UTF-8.
    ///
    /// All elements, attributes and values are kept, except for attributes that locate the schema. Comments and
    /// processing instructions are dropped. A value may be written in an equivalent form (1 for true, 7 for 007). A packet
    /// that is not valid is not formatted; its violations are printed on standard error.
    ///
    /// Exit status: 0 if all packets were formatted, 1 if some are not valid, 2 if a file cannot be read.
    Format(Format),
    /// Print completions for a shell.
    ///
    /// They complete operators, operations, elements and values too. For example, for bash:
    /// plesk completions bash > ~/.local/share/bash-completion/completions/plesk
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the man page.
    ///
    /// To read it: plesk man | man -l -
    Man,
}

#[derive(Args, Default)]
pub(crate) struct Describe {
    /// An operator (`customer`) or an operation (`customer.del`); without one, all operators.
    #[arg(value_name = "OPERATOR[.OPERATION]")]
    pub(crate) name: Option<String>,
    /// Print only an example packet.
    #[arg(long, value_enum, value_name = "EXTENT", requires = "name")]
    pub(crate) example: Option<Extent>,
    /// Describe the answer instead of the request.
    #[arg(long, requires = "name")]
    pub(crate) response: bool,
    /// Print the description as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Find operations with these words in their names, documentation or elements.
    #[arg(long, value_name = "WORDS", conflicts_with = "name")]
    pub(crate) search: Option<String>,
}

/// How much an example has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Extent {
    /// Only what is required.
    Minimal,
    /// Every element once.
    Full,
}

/// Begins a section of the help, as those of clap begin.
macro_rules! section {
    ($title:literal) => {
        concat!("\x1b[1m\x1b[4m", $title, ":\x1b[0m")
    };
}

const SEND_HELP: &str = concat!(
    section!("Elements"),
    "
  PATH=VALUE       an element with text: filter.id=7, gen_info.login=jo
  PATH             an empty element: dataset.gen_info
  PATH=@FILE       text from a file, without its last line break
  PATH=@env:NAME   text from an environment variable
  PATH=-           text from standard input
  PATH==VALUE      text as it is, even if it begins with @ or is -
  PATH@NAME=VALUE  an attribute: PATH@xsi:nil=true
  PATH:=XML        content in XML
  NAME[2].PATH     a path in the second element of this name

  Lists of texts just repeat: filter.id=7 filter.id=8. The order of the
  arguments does not matter otherwise. plesk describe shows the elements.

",
    section!("Server"),
    "
  --server or PLESK_SERVER is its URL, such as https://panel.example:8443.
  PLESK_SECRET_KEY, or PLESK_LOGIN and PLESK_PASSWORD, is what to sign in with;
  without them, the password is asked for. PLESK_PIN is the fingerprint of the
  certificate, or PLESK_CA a file with that of its authority. plesk login stores
  all this as a profile.

",
    section!("Exit status"),
    "
  0  every operation succeeded
  1  a server refused an operation
  2  nothing was done, or it is not known what was done
  With several servers, it is the highest of theirs.

",
    section!("Examples"),
    "
  plesk send customer.get filter.id=7 dataset.gen_info
  plesk send customer.del filter.id=1324 filter.id=1325
  plesk send dns.add_rec site-id=12 type=TXT host=_acme-challenge value=x
  plesk send webspace.get filter dataset.gen_info --json --all |
    jq -r '[.server, .data.gen_info.name] | @csv'"
);

#[derive(Args)]
pub(crate) struct Send {
    /// The operation.
    #[arg(value_name = "OPERATOR.OPERATION", required_unless_present = "xml")]
    pub(crate) operation: Option<String>,
    /// Its elements; see below.
    #[arg(value_name = "PATH=VALUE", conflicts_with_all = ["xml", "json_request"])]
    pub(crate) values: Vec<String>,
    /// Send this packet. `-` is standard input.
    #[arg(long, value_name = "FILE", conflicts_with = "operation", help_heading = "Request")]
    pub(crate) xml: Option<String>,
    /// Read the elements as JSON from this file. `-` is standard input.
    #[arg(long, value_name = "FILE", help_heading = "Request")]
    pub(crate) json_request: Option<String>,
    /// Show the packet, with secrets masked, and send nothing.
    #[arg(long, help_heading = "Request")]
    pub(crate) dry_run: bool,
    /// Do not ask before deleting or changing everything.
    #[arg(long, short, help_heading = "Request")]
    pub(crate) yes: bool,
    /// Print answers as JSON: an object on one line for each result.
    #[arg(long, conflicts_with = "xml_answer", help_heading = "Answer")]
    pub(crate) json: bool,
    /// Print answers as XML.
    #[arg(long, help_heading = "Answer")]
    pub(crate) xml_answer: bool,
    /// Show secrets in answers, such as a session ID or a new key.
    #[arg(long, help_heading = "Answer")]
    pub(crate) show_secrets: bool,
    #[command(flatten, next_help_heading = "Server")]
    pub(crate) servers: Servers,
    /// Wait at most this many seconds for an answer.
    #[arg(long, value_name = "SECONDS", help_heading = "Server")]
    pub(crate) timeout: Option<u64>,
    /// Try at most this often. Nothing is tried again that could be done twice.
    #[arg(long, value_name = "NUMBER", default_value_t = 3, help_heading = "Server")]
    pub(crate) retries: u32,
}

#[derive(Args)]
pub(crate) struct Servers {
    /// The URL of the server, such as `https://panel.example:8443`.
    #[arg(long, value_name = "URL", conflicts_with_all = ["profile", "all"])]
    pub(crate) server: Option<String>,
    /// The profiles of one or more servers.
    #[arg(long, value_name = "NAMES", value_delimiter = ',', env = "PLESK_PROFILE")]
    pub(crate) profile: Vec<String>,
    /// All servers of the configuration file, side by side.
    #[arg(long, conflicts_with = "profile")]
    pub(crate) all: bool,
}

#[derive(Args)]
pub(crate) struct Login {
    /// The name of the profile.
    #[arg(default_value = "default")]
    pub(crate) name: String,
    /// The URL of the server, such as `https://panel.example:8443`.
    #[arg(long, value_name = "URL", env = "PLESK_SERVER")]
    pub(crate) server: String,
    /// Sign in with this login and a password, instead of a secret key.
    #[arg(long, value_name = "LOGIN", env = "PLESK_LOGIN")]
    pub(crate) login: Option<String>,
    /// A command that prints the password; the password is not stored then.
    #[arg(long, value_name = "COMMAND", requires = "login")]
    pub(crate) password_command: Option<String>,
    /// A command that prints the secret key; the key is not stored then.
    #[arg(long, value_name = "COMMAND", conflicts_with = "login")]
    pub(crate) secret_key_command: Option<String>,
    /// The SHA-256 fingerprint of the certificate of the server.
    #[arg(long, value_name = "FINGERPRINT", env = "PLESK_PIN")]
    pub(crate) pin: Option<String>,
    /// A file with the certificate of the authority of the server.
    #[arg(long, value_name = "FILE", env = "PLESK_CA")]
    pub(crate) ca: Option<String>,
}

#[derive(Args)]
pub(crate) struct Simulate {
    /// The port to listen on; 0 for a free one.
    #[arg(long, default_value_t = 0)]
    pub(crate) port: u16,
    /// Keep the state in this file. It contains passwords.
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Begin with the objects that this TOML file describes.
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Check {
    /// Read responses of a server instead of requests.
    #[arg(long)]
    pub(crate) response: bool,
    /// Files with one packet each; `-` is standard input.
    #[arg(value_name = "FILE", required_unless_present = "explain")]
    pub(crate) files: Vec<PathBuf>,
    /// Print one JSON object per line, one for each file: `file`, `valid`, `violations` with `line`, `column`, `path`,
    /// `rule` and `message`; `notes`; and `more`, the number of violations that are not listed.
    #[arg(long)]
    pub(crate) json: bool,
    /// Explain an error code of a server, and say what to do.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["files", "json", "response"])]
    pub(crate) explain: Option<u32>,
}

#[derive(Args)]
pub(crate) struct Format {
    /// Read responses of a server instead of requests.
    #[arg(long)]
    pub(crate) response: bool,
    /// Files with one packet each; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub(crate) files: Vec<PathBuf>,
}
