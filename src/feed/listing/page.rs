//! The parsed page as a flat list of nodes in document order: the subtree of a node is the range up to its `end`.

use std::collections::HashSet;
use std::ops::Range;

use scraper::node::Element;
use scraper::{Html, Node as Parsed, Selector};
use url::Url;

use crate::text::normalise::normalise;

/// Bytes of text that are read of one element; a link that wraps more is no headline.
const MOST_TEXT: usize = 4_000;

/// Words in class names and ids of what stands around the articles on every page of a site.
const CHROME: [&str; 26] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "megamenu",
    "breadcrumb",
    "breadcrumbs",
    "crumbs",
    "footer",
    "pagination",
    "pager",
    "paging",
    "paginate",
    "phantrang",
    "tags",
    "tagcloud",
    "taglist",
    "social",
    "share",
    "login",
    "topbar",
    "toolbar",
    "sitemap",
    "cookie",
    "hashtag",
];

/// A page of nodes.
#[derive(Debug)]
pub(super) struct Page<'a> {
    nodes: Vec<Node<'a>>,
}

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) parent: usize,
    /// The first node after its subtree.
    pub(super) end: usize,
    pub(super) element: Option<&'a Element>,
    pub(super) text: &'a str,
    /// Whether the user's selector names it.
    pub(super) chosen: bool,
    /// Whether it stands in menus, footers and the like.
    pub(super) chrome: bool,
    /// Whether it stands in what holds articles, where a `<header>` is that of an article.
    content: bool,
}

impl<'a> Page<'a> {
    /// Lists the nodes of a parsed page, and marks those that `links` names.
    pub(super) fn new(html: &'a Html, links: Option<&Selector>) -> Self {
        let chosen: HashSet<_> =
            links.map(|links| html.select(links).map(|element| element.id()).collect()).unwrap_or_default();
        let mut nodes: Vec<Node<'a>> = Vec::new();
        let mut open = Vec::new();
        for node in html.tree.root().descendants() {
            let parent = node.parent().map(|parent| parent.id());
            while let Some((_, at)) = open.pop_if(|(id, _)| Some(*id) != parent) {
                close(&mut nodes, at);
            }
            let above = open.last().map_or(0, |(_, at)| *at);
            open.push((node.id(), nodes.len()));
            let (element, text) = match node.value() {
                Parsed::Element(element) => (Some(element), ""),
                Parsed::Text(text) => (None, &**text),
                _ => (None, ""),
            };
            nodes.push(placed(&nodes, above, (element, text), chosen.contains(&node.id())));
        }
        while let Some((_, at)) = open.pop() {
            close(&mut nodes, at);
        }
        Self { nodes }
    }

    pub(super) fn get(&self, at: usize) -> Option<&Node<'a>> {
        self.nodes.get(at)
    }

    /// All nodes with their places.
    pub(super) fn nodes(&self) -> impl Iterator<Item = (usize, &Node<'a>)> {
        self.nodes.iter().enumerate()
    }

    /// The places of a node and everything in it.
    pub(super) fn subtree(&self, at: usize) -> Range<usize> {
        at..self.get(at).map_or(at, |node| node.end)
    }

    /// The elements around a node, innermost first, itself left out.
    pub(super) fn around(&self, at: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(self.parent(at), |at| self.parent(*at))
    }

    fn parent(&self, at: usize) -> Option<usize> {
        self.get(at).map(|node| node.parent).filter(|parent| *parent < at)
    }

    /// The elements within a node, itself included.
    pub(super) fn elements(&self, at: usize) -> impl Iterator<Item = (usize, &'a Element)> {
        self.subtree(at).filter_map(|at| Some((at, self.get(at)?.element?)))
    }

    /// The text of a subtree as one line; elements that begin a line keep words apart.
    pub(super) fn text(&self, at: usize) -> String {
        let mut text = String::new();
        for node in self.subtree(at).filter_map(|at| self.get(at)) {
            if node.element.is_some_and(|element| !is_inline(element.name())) {
                text.push(' ');
            }
            text.push_str(node.text);
            if text.len() > MOST_TEXT {
                break;
            }
        }
        normalise(&text)
    }

    /// What relative links are resolved against.
    pub(super) fn base(&self, url: &Url) -> Url {
        let base = self.nodes.iter().filter_map(|node| node.element).find(|element| element.name() == "base");
        base.and_then(|base| url.join(base.attr("href")?).ok()).unwrap_or_else(|| url.clone())
    }

    pub(super) fn title(&self) -> Option<String> {
        let at = self.nodes().find(|(_, node)| node.is("title"))?.0;
        Some(self.text(at)).filter(|title| !title.is_empty())
    }

    pub(super) fn language(&self) -> Option<String> {
        let html =
            self.nodes.iter().filter_map(|node| node.element).find(|element| element.name() == "html")?;
        html.attr("lang").map(str::trim).filter(|lang| !lang.is_empty()).map(str::to_owned)
    }
}

impl Node<'_> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.element.is_some_and(|element| element.name() == name)
    }
}

fn close(nodes: &mut [Node<'_>], at: usize) {
    let end = nodes.len();
    if let Some(node) = nodes.get_mut(at) {
        node.end = end;
    }
}

fn placed<'a>(
    nodes: &[Node<'a>],
    parent: usize,
    (element, text): (Option<&'a Element>, &'a str),
    chosen: bool,
) -> Node<'a> {
    let above = nodes.get(parent);
    let content = above.is_some_and(|above| above.content);
    let holds_content = |element: &Element| matches!(element.name(), "main" | "article" | "section" | "li");
    Node {
        parent,
        end: 0,
        element,
        text,
        chosen,
        chrome: above.is_some_and(|above| above.chrome)
            || element.is_some_and(|element| is_chrome(element, content)),
        content: content || element.is_some_and(holds_content),
    }
}

fn is_chrome(element: &Element, in_content: bool) -> bool {
    match element.name() {
        "nav" | "footer" => true,
        "header" => !in_content,
        "html" | "body" | "main" | "article" => false,
        _ => words(element).any(|word| CHROME.iter().any(|known| word.eq_ignore_ascii_case(known))),
    }
}

/// The words of an element's classes and id.
pub(super) fn words(element: &Element) -> impl Iterator<Item = &str> {
    let names = [element.attr("class"), element.attr("id")];
    names
        .into_iter()
        .flatten()
        .flat_map(|names| names.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// Whether a word of its classes or its id holds one of these.
pub(super) fn is_named(element: &Element, names: &[&str]) -> bool {
    words(element).any(|word| {
        let word = word.to_ascii_lowercase();
        names.iter().any(|name| word.contains(name))
    })
}

fn is_inline(name: &str) -> bool {
    matches!(name, "a" | "b" | "i" | "em" | "strong" | "font" | "mark" | "u" | "sup" | "sub" | "small" | "q")
}
