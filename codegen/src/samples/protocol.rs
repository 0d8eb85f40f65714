//! The model of a protocol version, with example values.

use super::direction::Direction;
use super::value::{self, Example};
use crate::config::{self, Config};
use crate::error::Error;
use crate::model::{Facet, Model, Origin, Primitive, Root, SimpleId, SimpleType, TypeId, WhiteSpace};
use crate::{Schemas, read};

/// The values of `status` in an outcome. They are not in the model, because the runtime crate defines them by hand.
const STATUSES: [&str; 2] = ["ok", "error"];

/// The model, and what is derived from it once.
#[derive(Debug)]
pub struct Protocol {
    /// The model, with the simple types of [`outcome`](Self::outcome) added.
    pub model: Model,
    /// The configuration that the model was read with.
    pub config: Config,
    /// The elements that every outcome starts with.
    pub outcome: Vec<OutcomeMember>,
    /// Examples of each simple type, by its ID.
    pub examples: Vec<Vec<Example>>,
}

/// An element that every outcome starts with.
#[derive(Clone, Debug)]
pub struct OutcomeMember {
    /// The name.
    pub name: &'static str,
    /// The type.
    pub simple: SimpleId,
    /// Whether the element may be absent.
    pub optional: bool,
}

impl Protocol {
    /// Reads any schemas.
    ///
    /// # Errors
    /// Every problem of the schemas.
    pub fn read(schemas: &Schemas<'_>, config: Config) -> Result<Self, Error> {
        let model = read(schemas, &config)?.model;
        Ok(Self::new(model, config))
    }

    /// Adds example values to a model.
    pub(crate) fn new(mut model: Model, config: Config) -> Self {
        let members = config.outcome.map_or(&[][..], |convention| convention.members);
        let outcome = members
            .iter()
            .map(|member| {
                model.simples.push(outcome_member_type(member));
                OutcomeMember { name: member.name, simple: model.simples.len() - 1, optional: member.optional }
            })
            .collect();
        let examples = (0..model.simples.len()).map(|id| value::examples(&model, id)).collect();
        Self { model, config, outcome, examples }
    }

    /// Returns `true` if the content of the type does not determine which of two members an element belongs to.
    pub fn is_ambiguous(&self, id: TypeId) -> bool {
        self.config.ambiguous.contains(&self.model.types[id].origin.path.as_str())
    }

    /// Returns the root element of the packets of one direction.
    pub fn root(&self, direction: Direction) -> Option<&Root> {
        self.model.roots.iter().find(|root| direction.is_of(root.direction))
    }
}

fn outcome_member_type(member: &config::OutcomeMember) -> SimpleType {
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
