//! JSON as a tree that borrows from its text.

use std::borrow::Cow;

/// A JSON value. Members and elements stand in document order, names may repeat.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    /// As it is written.
    Number(&'a str),
    Text(Cow<'a, str>),
    /// A text that the end of the document cut short: readable, but no name or address.
    Cut(Cow<'a, str>),
    List(Vec<Value<'a>>),
    Object(Vec<Member<'a>>),
}

/// A name and its value.
pub(super) type Member<'a> = (Cow<'a, str>, Value<'a>);

/// Where texts are found that are wrapped into an object, as web services and translations from XML do.
const WRAPPED: [&str; 9] = ["rendered", "#text", "_", "$t", "__cdata", "value", "text", "href", "url"];

impl<'a> Value<'a> {
    /// The members of an object.
    pub(super) fn members(&self) -> &[Member<'a>] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// Every member of this name, in any case, that is not null.
    pub(super) fn all(&self, name: &str) -> Vec<&Value<'a>> {
        let named = self.members().iter().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value).filter(|value| **value != Value::Null).collect()
    }

    /// The first of `names` that is there and not null; of a repeated name the last, as everywhere in JSON.
    pub(super) fn get(&self, names: &[&str]) -> Option<&Value<'a>> {
        names.iter().find_map(|name| self.last(name))
    }

    fn last(&self, name: &str) -> Option<&Value<'a>> {
        let named = self.members().iter().rev().filter(|(own, _)| own.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value).find(|value| **value != Value::Null)
    }

    /// Whether one of `names` is there and not null.
    pub(super) fn has(&self, names: &[&str]) -> bool {
        self.get(names).is_some()
    }

    /// The elements of a list, or the value alone.
    pub(super) fn elements(&self) -> &[Value<'a>] {
        match self {
            Self::List(elements) => elements,
            Self::Null => &[],
            one => std::slice::from_ref(one),
        }
    }

    /// What may be shown: a text, whole or cut, or what stands for one.
    pub(super) fn words(&self) -> Option<&str> {
        if let Self::Cut(text) = self { Some(text) } else { self.name() }
    }

    /// What identifies: a whole text, a number or a truth value as it is written, or the text in a wrapping object
    /// or list.
    pub(super) fn name(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(number) => Some(number),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Object(_) => self.get(&WRAPPED).and_then(Self::plain),
            Self::List(elements) => elements.iter().find_map(|element| match element {
                Self::Object(_) => element.get(&WRAPPED).and_then(Self::plain),
                plain => plain.plain(),
            }),
            Self::Null | Self::Cut(_) => None,
        }
    }

    fn plain(&self) -> Option<&str> {
        match self {
            Self::Object(_) | Self::List(_) => None,
            plain => plain.name(),
        }
    }
}
