//! The parsed page as a flat list of nodes in document order: the subtree of a node is the range up to its `end`.

use std::collections::HashMap;

use scraper::{Html, Node as Parsed};

use super::elements::tag_of;
use super::hints::Hints;
use crate::text::normalise::normalise;

/// Place of a node in its page.
pub(super) type Id = usize;

/// A page of nodes.
#[derive(Debug)]
pub(super) struct Page<'a> {
    nodes: Vec<Node<'a>>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node<'a> {
    /// The node it stands in; the root stands in itself.
    pub(super) parent: Id,
    /// The first node after its subtree.
    pub(super) end: Id,
    /// What it is.
    pub(super) tag: Tag,
    /// The text of a text node.
    pub(super) text: &'a str,
    /// What its class and id suggest.
    pub(super) hints: Hints,
    element: Option<&'a scraper::node::Element>,
}

/// What an element means to prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag {
    /// A text node.
    Text,
    /// Runs within a line: `<b>`, `<span>` …
    Inline,
    /// `<a>`
    Link,
    /// `<br>`
    Break,
    /// `<div>` and everything else that begins a line.
    Block,
    /// `<article>`
    Article,
    /// `<main>`
    Main,
    /// `<section>`
    Section,
    /// `<p>`
    Paragraph,
    /// `<h1>` to `<h6>`
    Heading(u8),
    /// `<li>`, `<dt>`, `<dd>`
    Item,
    /// `<ul>`, `<ol>`, `<dl>`
    List,
    /// `<blockquote>`
    Quote,
    /// `<pre>`
    Preformatted,
    /// `<table>`
    Table,
    /// `<tr>`
    Row,
    /// `<td>`, `<th>`
    Cell,
    /// `<figure>`
    Figure,
    /// `<figcaption>` and the `<caption>` of a table
    Caption,
    /// `<nav>`
    Nav,
    /// `<header>`
    Header,
    /// `<footer>`
    Footer,
    /// `<aside>`
    Aside,
    /// `<form>`
    Form,
    /// `<img>`
    Image,
    /// `<time>`
    Time,
    /// `<hr>`
    Rule,
    /// `<html>`, `<body>`
    Root,
    /// `<head>`
    Head,
    /// `<meta>`, `<link>`, `<title>`
    Metadata,
    /// Never prose: scripts, controls, media
    Skipped,
}

impl<'a> Page<'a> {
    /// Lists the nodes of a parsed document; comments and other markup are left out.
    pub(super) fn new(document: &'a Html) -> Self {
        let mut nodes: Vec<Node<'a>> = vec![Node {
            parent: 0,
            end: 0,
            tag: Tag::Root,
            text: "",
            hints: Hints::default(),
            element: None,
        }];
        let mut known = HashMap::new();
        let mut parent = 0;
        let mut next = document.tree.root().first_child();
        while let Some(mut here) = next {
            let id = nodes.len();
            match here.value() {
                Parsed::Element(element) => {
                    let tag = tag_of(element.name());
                    let hints = Hints::of(element.attrs(), &mut known);
                    nodes.push(Node { parent, end: id + 1, tag, text: "", hints, element: Some(element) });
                    if here.has_children() {
                        parent = id;
                        next = here.first_child();
                        continue;
                    }
                }
                Parsed::Text(text) => {
                    nodes.push(Node {
                        parent,
                        end: id + 1,
                        tag: Tag::Text,
                        text,
                        hints: Hints::default(),
                        element: None,
                    });
                }
                _ => {}
            }
            // Up to the nearest ancestor that has a next sibling, closing what is left on the way.
            next = loop {
                if let Some(sibling) = here.next_sibling() {
                    break Some(sibling);
                }
                let Some(above) = here.parent().filter(|above| above.value().is_element()) else {
                    break None;
                };
                parent = close(&mut nodes, parent);
                here = above;
            };
        }
        let end = nodes.len();
        if let Some(root) = nodes.first_mut() {
            root.end = end;
        }
        Self { nodes }
    }

    /// How many nodes there are.
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node at this place.
    #[expect(clippy::indexing_slicing, reason = "places are made by this page only")]
    pub(super) fn node(&self, id: Id) -> &Node<'a> {
        &self.nodes[id]
    }

    /// The tag at this place.
    pub(super) fn tag(&self, id: Id) -> Tag {
        self.node(id).tag
    }

    /// Every element, in document order.
    pub(super) fn elements(&self) -> impl Iterator<Item = (Id, &Node<'a>)> {
        self.nodes.iter().enumerate().filter(|(_, node)| node.element.is_some())
    }

    /// The nodes within `id`, itself left out.
    pub(super) fn within(&self, id: Id) -> std::ops::Range<Id> {
        id + 1..self.node(id).end
    }

    /// The ancestors of `id`, nearest first; itself and the root left out.
    pub(super) fn ancestors(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        std::iter::successors(Some(self.node(id).parent), |id| Some(self.node(*id).parent))
            .take_while(|id| *id != 0)
    }

    /// Whether `inner` is `outer` or stands in it.
    pub(super) fn contains(&self, outer: Id, inner: Id) -> bool {
        outer <= inner && inner < self.node(outer).end
    }

    /// An attribute's value.
    pub(super) fn attribute(&self, id: Id, name: &str) -> Option<&'a str> {
        self.node(id).attribute(name)
    }

    /// All text in `id` where it is about `most` bytes or less; else nothing, at no more cost than that.
    pub(super) fn short_text(&self, id: Id, most: usize) -> String {
        let mut length = 0;
        for at in id..self.node(id).end {
            // Nodes without text cost too: there may be many, one in the other.
            length += 1 + self.node(at).text.trim().len();
            if length > most.saturating_mul(2) {
                return String::new();
            }
        }
        self.text(id)
    }

    /// All text in `id`, one space between runs where a block or a break separates them.
    pub(super) fn text(&self, id: Id) -> String {
        let mut text = String::new();
        let mut at = id;
        while at < self.node(id).end {
            let node = self.node(at);
            match node.tag {
                Tag::Text => text.push_str(node.text),
                Tag::Skipped => {
                    at = node.end;
                    continue;
                }
                Tag::Inline | Tag::Link | Tag::Time | Tag::Image => {}
                _ => text.push(' '),
            }
            at += 1;
        }
        normalise(&text)
    }
}

impl<'a> Node<'a> {
    /// The element's name, empty for a text.
    pub(super) fn name(&self) -> &'a str {
        self.element.map_or("", |element| element.name())
    }

    /// The element of the parsed document; nothing for a text.
    pub(super) fn element(&self) -> Option<&'a scraper::node::Element> {
        self.element
    }

    /// An attribute's value.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.element?.attrs().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// All attributes.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.element.into_iter().flat_map(|element| element.attrs())
    }
}

/// Closes an element at the end of the list; returns its parent.
fn close(nodes: &mut [Node<'_>], id: Id) -> Id {
    let end = nodes.len();
    nodes.get_mut(id).map_or(0, |node| {
        node.end = end;
        node.parent
    })
}
