//! The model of the protocol that the emitted crate is of, with example values.

use std::path::{Path, PathBuf};

use plesk_codegen::config::Config;
use plesk_codegen::error::Error;
use plesk_codegen::model::{Facet, Model, Origin, Primitive, Root, SimpleId, SimpleType, TypeId, WhiteSpace};
use plesk_codegen::{Schemas, plesk};

use crate::Direction;
use crate::value::{self, Example};

/// The entry points of the schemas, of requests and of answers.
pub(crate) const ENTRIES: [&str; 2] = ["agent_input.xsd", "agent_output.xsd"];

/// What an outcome may say, which the model does not have, since the runtime crate has it by hand.
const STATUSES: [&str; 2] = ["ok", "error"];

/// The model and what is worked out from it once.
#[derive(Debug)]
pub struct Protocol {
    /// The model, with the simple types of [`outcome`](Self::outcome) added.
    pub model: Model,
    /// The configuration that the model was read with.
    pub config: Config,
    /// What every outcome begins with.
    pub outcome: Vec<OutcomeMember>,
    /// Examples of each simple type, by its id.
    pub examples: Vec<Vec<Example>>,
}

/// An element that every outcome begins with.
#[derive(Clone, Debug)]
pub struct OutcomeMember {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub simple: SimpleId,
    /// Whether it may be absent.
    pub optional: bool,
}

impl Protocol {
    /// The protocol that the emitted crate is of.
    ///
    /// # Errors
    /// Every problem of the schemas.
    pub fn current() -> Result<Self, Error> {
        let directory = schemas();
        let [request, response] = ENTRIES;
        let schemas = Schemas { directory: &directory, protocol: plesk_protocol::PROTOCOL, request, response };
        Self::of(&schemas, plesk::config(plesk_protocol::PROTOCOL))
    }

    /// The protocol of any schemas.
    ///
    /// # Errors
    /// Every problem of the schemas.
    pub fn of(schemas: &Schemas<'_>, config: Config) -> Result<Self, Error> {
        let mut model = plesk_codegen::read(schemas, &config)?.model;
        let members = config.outcome.map_or(&[][..], |convention| convention.members);
        let outcome = members
            .iter()
            .map(|member| {
                model.simples.push(outcome_simple(member));
                OutcomeMember { name: member.name, simple: model.simples.len() - 1, optional: member.optional }
            })
            .collect();
        let examples = (0..model.simples.len()).map(|id| value::examples(&model, id)).collect();
        Ok(Self { model, config, outcome, examples })
    }

    /// Whether the content of the type does not say which of two places an element is for.
    pub fn is_ambiguous(&self, id: TypeId) -> bool {
        self.config.ambiguous.contains(&self.model.types[id].origin.path.as_str())
    }

    /// The root element of packets of one direction.
    pub fn root(&self, direction: Direction) -> Option<&Root> {
        self.model.roots.iter().find(|root| direction.is_of(root.direction))
    }
}

/// The folder of the schema files.
pub fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas").join(plesk_protocol::PROTOCOL)
}

/// The entry point of packets of one direction.
pub fn entry(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => ENTRIES[0],
        Direction::Answer => ENTRIES[1],
    }
}

fn outcome_simple(member: &plesk_codegen::config::OutcomeMember) -> SimpleType {
    let facets = match member.name {
        "status" => vec![Facet::Enumeration(STATUSES.map(str::to_owned).to_vec())],
        _ => Vec::new(),
    };
    let path = format!("outcome/{}", member.name);
    SimpleType {
        origin: Origin { file: "common.xsd".to_owned(), path, type_name: None },
        doc: String::new(),
        primitive: Primitive::BuiltIn(member.built_in.to_owned()),
        white_space: if member.built_in == "string" { WhiteSpace::Preserve } else { WhiteSpace::Collapse },
        facets,
        renamed: None,
        renamed_values: Vec::new(),
    }
}
