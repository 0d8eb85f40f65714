//! A test case, and the failure that it may reveal.

use crate::Direction;
use crate::mutation::Mutation;
use crate::packet::Document;

/// A generated packet and its origin.
#[derive(Clone, Debug)]
pub struct Case {
    /// The number of the case in the run.
    pub number: usize,
    /// The direction of the packet.
    pub direction: Direction,
    /// The packet.
    pub document: Document,
    /// The mutations that were applied to it.
    pub mutations: Vec<Mutation>,
}

/// A case with an unexpected result.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The case. If the verdicts differ, its packet is as small as possible.
    pub case: Case,
    /// What is wrong: which side accepts the packet, or what is wrong with the packet as we write it back.
    pub reason: String,
    /// Our verdict, or the packet as we write it back.
    pub ours: String,
    /// The verdict of libxml2, or what we expected to write back.
    pub theirs: String,
}
